package io.furnistream.stack.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.io.file.PathUtils;

/** Unpacks what the Maven build brought as an archive. */
public final class Archives {

  private static final int OWNER_EXECUTES = 0100;

  private Archives() {}

  /**
   * Unpacks a {@code .txz} into a folder that does not exist yet; does nothing when it does. A
   * half-unpacked folder never has the final name.
   */
  public static void unpackOnce(Path archive, Path folder) throws IOException {
    if (Files.exists(folder)) {
      return;
    }
    Path draft = folder.resolveSibling(folder.getFileName() + ".draft");
    delete(draft);
    Files.createDirectories(draft);
    try (InputStream file = Files.newInputStream(archive);
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(file))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(tar, entry, draft);
      }
    }
    try (Stream<Path> all = Files.walk(draft)) {
      for (Path each : (Iterable<Path>) all.filter(Files::isDirectory)::iterator) {
        StateFolder.letOthersEnter(each);
      }
    }
    Files.move(draft, folder);
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder)
      throws IOException {
    Path target = folder.resolve(entry.getName()).normalize();
    if (!target.startsWith(folder)) {
      throw new IOException("The archive has an entry outside its folder: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, target);
    boolean executable = (entry.getMode() & OWNER_EXECUTES) != 0;
    Files.setPosixFilePermissions(
        target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }

  /** Deletes a folder and all that is in it; does nothing when it is not there. */
  public static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      PathUtils.deleteDirectory(folder);
    }
  }
}

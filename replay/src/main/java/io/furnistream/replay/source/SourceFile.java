package io.furnistream.replay.source;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.WrongInputException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.io.input.BoundedInputStream;

/** A file whose rows are replayed; it must stay as it is until the last of them has been read. */
public final class SourceFile {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;

  private final Path path;
  private final long size;
  private final FileTime modified;

  private SourceFile(Path path, long size, FileTime modified) {
    this.path = path;
    this.size = size;
    this.modified = modified;
  }

  /**
   * A file to read.
   *
   * @throws WrongInputException when there is nothing in it to read
   */
  public static SourceFile of(Path path) {
    if (Files.isDirectory(path)) {
      throw new WrongInputException("%s is a folder. Name the files in it.".formatted(path));
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new WrongInputException(
          "%s is a pipe or a device, and is to be read more than once. Write what it holds into a file."
              .formatted(path));
    }
    if (!Files.exists(path)) {
      throw new WrongInputException("There is no file %s.".formatted(path));
    }
    try {
      SourceFile file = new SourceFile(path, Files.size(path), Files.getLastModifiedTime(path));
      if (file.size == 0) {
        throw new WrongInputException("%s is empty.".formatted(path));
      }
      return file;
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Opens what it holds, unpacked where gzip has packed it. */
  InputStream open() throws IOException {
    // Not further than it was at first: one that grows as fast as it is read would have no end.
    InputStream whole =
        BoundedInputStream.builder()
            .setInputStream(Files.newInputStream(path))
            .setMaxCount(size)
            .setPropagateClose(true)
            .get();
    InputStream raw = new BufferedInputStream(whole, BUFFER_BYTES);
    try {
      raw.mark(2);
      boolean packed = raw.read() == GZIP_FIRST && raw.read() == GZIP_SECOND;
      raw.reset();
      return packed ? new BufferedInputStream(new GZIPInputStream(raw, BUFFER_BYTES)) : raw;
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /**
   * Makes sure that nobody has changed it since it was looked at first.
   *
   * @throws CannotRunException when somebody has
   */
  public void requireUnchanged() {
    try {
      if (Files.size(path) != size || !Files.getLastModifiedTime(path).equals(modified)) {
        throw new CannotRunException(
            "%s was changed while it was read. Nothing of it was produced. Run the command again when it is complete."
                .formatted(path));
      }
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** What to say of a file that could not be read. */
  static WrongInputException unreadable(Path path, IOException error) {
    if (error instanceof EOFException || error instanceof ZipException) {
      return new WrongInputException(
          "%s is packed by gzip, and damaged or cut short: %s. Pack or copy it again."
              .formatted(path, error.getMessage()),
          error);
    }
    return new WrongInputException("%s cannot be read: %s.".formatted(path, error), error);
  }
}

package io.furnistream.stack.state;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Endpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The folder that holds everything one stack keeps: data, logs, secrets, and the files by which the
 * command and the supervisor know of each other.
 *
 * @param root absolute path, {@code var/} in the checkout unless {@code --state} says otherwise
 */
public record StateFolder(Path root) {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private static final Set<PosixFilePermission> OWNER_ALONE_ENTERS =
      PosixFilePermissions.fromString("rwx------");

  /** KEY=value lines, mode 0600. */
  public Path secrets() {
    return root.resolve("secrets.env");
  }

  /** What the stack was started with. */
  public Path settings() {
    return root.resolve("stack.json");
  }

  /** The state of each service, written by the supervisor. */
  public Path status() {
    return root.resolve("run/status.json");
  }

  /** Locked by the supervisor as long as it lives. */
  public Path lock() {
    return root.resolve("run/supervisor.lock");
  }

  /** Locked by an {@code up} while it adds services to a stack that runs. */
  public Path additionLock() {
    return root.resolve("run/addition.lock");
  }

  /** Names the process of a service, or the supervisor. */
  public Path pidFile(String process) {
    return root.resolve("run").resolve(process + ".pid");
  }

  /** Names the process for which a service is not to run; it does so as long as that lives. */
  public Path holdFile(String service) {
    return root.resolve("run").resolve(service + ".hold");
  }

  /** What the services printed, a file each. */
  public Path logs() {
    return root.resolve("logs");
  }

  /** What a service printed. */
  public Path log(String service) {
    return logs().resolve(service + ".log");
  }

  /** Where days are closed into unless they are kept elsewhere. */
  public Path export() {
    return root.resolve("export");
  }

  /**
   * Where days are closed into: $FURNISTREAM_EXPORT_DIR, else export/ in this folder.
   *
   * @throws CannotRunException when the variable names a folder that each process would look for
   *     somewhere else
   */
  public Path exportFolder() {
    String elsewhere = System.getenv(Endpoints.EXPORT_DIR);
    if (elsewhere == null || elsewhere.isEmpty()) {
      return export();
    }
    Path folder = Path.of(elsewhere);
    if (!folder.isAbsolute()) {
      throw new CannotRunException(
          "%s is %s; write the whole path, from / on.".formatted(Endpoints.EXPORT_DIR, elsewhere));
    }
    return folder;
  }

  /** Where verify keeps what it has read of Kafka; it may be deleted. */
  public Path verifyFolder() {
    return root.resolve("verify");
  }

  /** Where people put the files that Airflow's DAG replay_csv may read. */
  public Path inbox() {
    return root.resolve("inbox");
  }

  /** A service's own folder for data and configuration. */
  public Path data(String service) {
    return root.resolve(service);
  }

  /** Where a process unpacks what it needs for a while, such as libraries in machine code. */
  public Path temporary(String process) {
    return temporaries().resolve(process);
  }

  /** All those of {@link #temporary}. */
  public Path temporaries() {
    return root.resolve("tmp");
  }

  /**
   * Makes the folder for that, which only its owner may enter, or empties it of what a process that
   * was killed left.
   */
  public void makeTemporary(String process) throws IOException {
    Path folder = temporary(process);
    Archives.delete(folder);
    Files.createDirectories(folder.getParent());
    Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ALONE_ENTERS));
  }

  /** Makes the folders that every start needs. */
  public void create() throws IOException {
    List<Path> made = new ArrayList<>();
    for (Path folder = root; folder != null && !Files.exists(folder); folder = folder.getParent()) {
      made.add(folder);
    }
    Files.createDirectories(root.resolve("run"));
    Files.createDirectories(logs());
    // An error may quote what a service was given, such as a secret.
    Files.setPosixFilePermissions(logs(), PosixFilePermissions.fromString("rwx------"));
    for (Path folder : made) {
      letOthersEnter(folder);
    }
  }

  /** Opens a folder to PostgreSQL's user, whatever the umask; secrets have their own mode. */
  public static void letOthersEnter(Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /**
   * Gives a file or folder another name, replacing what had that name before.
   *
   * @return the other name
   */
  public static Path link(Path name, Path target) throws IOException {
    Files.deleteIfExists(name);
    return Files.createSymbolicLink(name, target);
  }

  /** Writes a file so that a reader sees the old text or the new, never a part. */
  public static void writeAtomically(Path file, String text) {
    Path draft = file.resolveSibling(file.getFileName() + ".draft");
    try {
      Files.writeString(draft, text);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  /** Writes a file that other users can never read. */
  public static void writePrivately(Path file, String text) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".draft");
    Files.deleteIfExists(draft);
    Files.createFile(draft, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    Files.writeString(draft, text);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}

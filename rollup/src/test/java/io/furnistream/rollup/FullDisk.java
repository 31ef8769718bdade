package io.furnistream.rollup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Ways in which a file cannot be written to its end. */
enum FullDisk {
  /** A disk of 4 MB, which only the process sees. */
  SMALL_DISK("No space left on device"),
  /** A limit to the size of a file: every kernel lets a process set one to itself. */
  LIMITED_FILE("File too large");

  private static final String MOUNT = "mount -t tmpfs -o size=4m small \"$1\"";
  // Copies the folder to the small disk and back, as what is mounted goes with the process.
  private static final String ON_SMALL_DISK =
      MOUNT
          + " && cp -a \"$2/.\" \"$1\" || exit 99; disk=$1; folder=$2; shift 2; \"$@\"; status=$?;"
          + " rm -r \"$folder\" && mkdir \"$folder\" && cp -a \"$disk/.\" \"$folder\" || exit 99;"
          + " exit $status";

  private final String says;

  FullDisk(String says) {
    this.says = says;
  }

  /** What the system calls it. */
  String says() {
    return says;
  }

  /** Those that this machine offers: some containers do not allow mounting. */
  static Stream<FullDisk> offered() {
    return Stream.of(values()).filter(FullDisk::isOffered);
  }

  /**
   * Closes a synthetic day on such a disk.
   *
   * @param export the export folder, as it is before and after
   * @param empty a folder to mount the small disk on
   */
  RollupProcess.Ended close(Path export, Path empty, long count, long from)
      throws IOException, InterruptedException {
    return switch (this) {
      case SMALL_DISK ->
          RollupProcess.run(
              List.of(
                  "unshare",
                  "--map-root-user",
                  "--mount",
                  "sh",
                  "-c",
                  ON_SMALL_DISK,
                  "sh",
                  empty.toString(),
                  export.toString()),
              empty,
              count,
              from);
      // 4096 blocks of 512 bytes or 1 KiB.
      case LIMITED_FILE ->
          RollupProcess.run(
              List.of("sh", "-c", "ulimit -f 4096; exec \"$@\"", "sh"), export, count, from);
    };
  }

  private boolean isOffered() {
    return switch (this) {
      case SMALL_DISK -> mayMount();
      case LIMITED_FILE -> true;
    };
  }

  private static boolean mayMount() {
    try {
      Process process =
          new ProcessBuilder(
                  "unshare", "--map-root-user", "--mount", "sh", "-c", MOUNT, "sh", "/tmp")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // there is no such command
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

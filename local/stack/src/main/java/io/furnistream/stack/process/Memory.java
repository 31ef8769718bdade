package io.furnistream.stack.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads how much memory processes hold and how much the machine has left, from Linux' {@code
 * /proc}.
 */
public final class Memory {

  private static final long KIB = 1024;

  private Memory() {}

  /**
   * Memory of a process and its descendants in bytes, shared pages counted once; 0 when it is gone.
   */
  public static long resident(long pid) {
    return ProcessHandle.of(pid).stream()
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .mapToLong(process -> proportional(process.pid()))
        .sum();
  }

  /** Memory available without swapping, in bytes: of the machine, or of a container's limit. */
  public static long available() throws IOException {
    long machine =
        field(Path.of("/proc/meminfo"), "MemAvailable:")
            .orElseThrow(() -> new IOException("/proc/meminfo has no MemAvailable"));
    return Math.min(
        machine, MemoryGroup.available(Path.of("/proc/self/cgroup"), Path.of("/sys/fs/cgroup")));
  }

  private static long proportional(long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    try {
      return field(process.resolve("smaps_rollup"), "Pss:").orElse(0L);
    } catch (IOException goneOrAnothers) {
      return resident(process);
    }
  }

  /** Counts shared pages in full, and can be read for any user's process. */
  private static long resident(Path process) {
    try {
      return field(process.resolve("status"), "VmRSS:").orElse(0L);
    } catch (IOException gone) {
      return 0;
    }
  }

  private static Optional<Long> field(Path file, String name) throws IOException {
    // Read at once: a stream of lines would hide the IOException of a process that ends meanwhile.
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> Long.parseLong(line.substring(name.length()).replace("kB", "").strip()) * KIB)
        .findFirst();
  }
}

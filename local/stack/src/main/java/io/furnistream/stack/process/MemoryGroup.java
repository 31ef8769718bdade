package io.furnistream.stack.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a container or a service manager leaves this process: its control group (cgroup, version 1
 * or 2), which is within those above it. What files have in the page cache counts as available: the
 * kernel takes it back when a program wants memory.
 */
enum MemoryGroup {
  VERSION_1(
      ":memory:",
      "memory",
      "memory.limit_in_bytes",
      "memory.usage_in_bytes",
      // With those of the groups below, as the usage is.
      "total_(in)?active_file"),
  VERSION_2("0::", "", "memory.max", "memory.current", "(in)?active_file|slab_reclaimable");

  private static final String UNLIMITED = "max";

  private final String key;
  private final String mount;
  private final String limit;
  private final String used;
  private final String reclaimable;

  MemoryGroup(String key, String mount, String limit, String used, String reclaimable) {
    this.key = key;
    this.mount = mount;
    this.limit = limit;
    this.used = used;
    this.reclaimable = reclaimable;
  }

  /**
   * The least that any group grants beyond what is used in it, in bytes; {@link Long#MAX_VALUE}
   * when none has a limit.
   *
   * @param membership which groups this process is in: {@code /proc/self/cgroup}
   * @param groups where they are mounted: {@code /sys/fs/cgroup}
   */
  static long available(Path membership, Path groups) throws IOException {
    long least = Long.MAX_VALUE;
    if (Files.exists(membership)) {
      for (String line : Files.readAllLines(membership)) {
        for (MemoryGroup version : values()) {
          int at = line.indexOf(version.key);
          if (at >= 0) {
            String name = line.substring(at + version.key.length());
            least = Math.min(least, version.leastUpTo(groups.resolve(version.mount), name));
          }
        }
      }
    }
    return least;
  }

  /** A container may see its group's name on the host, but only its own group, as the top one. */
  private long leastUpTo(Path top, String name) throws IOException {
    Path from = top.resolve(name.substring(1)).normalize();
    long least = Long.MAX_VALUE;
    for (Path group = from; group.startsWith(top); group = group.getParent()) {
      if (Files.exists(group.resolve(limit))) {
        least = Math.min(least, availableIn(group));
      }
    }
    return least;
  }

  private long availableIn(Path group) throws IOException {
    String granted = Files.readString(group.resolve(limit)).strip();
    if (granted.equals(UNLIMITED)) {
      return Long.MAX_VALUE;
    }
    long available =
        Long.parseLong(granted) - Long.parseLong(Files.readString(group.resolve(used)).strip());
    for (String line : Files.readAllLines(group.resolve("memory.stat"))) {
      String[] field = line.split(" ", 2);
      if (field[0].matches(reclaimable)) {
        available += Long.parseLong(field[1]);
      }
    }
    return available;
  }
}

package io.furnistream.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What control groups leave to a process, with files as the kernel writes them. */
class MemoryGroupTest {

  private static final long GIB = 1L << 30;
  private static final long UNLIMITED_1 = 9_223_372_036_854_771_712L;

  @TempDir private Path machine;

  @Test
  void thePageCacheOfVersion2IsAvailable() throws IOException {
    belongsTo("0::/user.slice/app\n");
    group("user.slice/app", "memory.max", "max\n", "memory.current", 7 * GIB);
    // 8 GiB granted, 7.5 in use, of which files have 6 and the kernel's caches a half.
    group("user.slice", "memory.max", 8 * GIB, "memory.current", 7 * GIB + GIB / 2);
    stat(
        "user.slice",
        "anon %d\nfile %d\ninactive_file %d\nactive_file %d\nslab_reclaimable %d\nslab %d\n"
            .formatted(GIB, 6 * GIB, 4 * GIB, 2 * GIB, GIB / 2, GIB));

    assertThat(available()).isEqualTo(7 * GIB);
  }

  @Test
  void thePageCacheOfVersion1IsAvailable() throws IOException {
    belongsTo("9:name=systemd:/\n4:cpu,memory:/no\n3:memory:/docker/0123\n0::/\n");
    // A container sees its own group as the top one, but reads the name that the host uses.
    group("memory", "memory.limit_in_bytes", 8 * GIB, "memory.usage_in_bytes", 7 * GIB + GIB / 2);
    stat(
        "memory",
        "inactive_file 1\nactive_file 1\ntotal_inactive_file %d\ntotal_active_file %d\n"
            .formatted(4 * GIB, 2 * GIB));

    assertThat(available()).isEqualTo(6 * GIB + GIB / 2);
  }

  @Test
  void aGroupWithoutALimitLeavesAll() throws IOException {
    belongsTo("3:memory:/\n0::/\n");
    group("memory", "memory.limit_in_bytes", UNLIMITED_1, "memory.usage_in_bytes", GIB);
    stat("memory", "total_inactive_file 0\n");

    assertThat(available()).isGreaterThan(1L << 60);
    assertThat(MemoryGroup.available(machine.resolve("absent"), machine)).isEqualTo(Long.MAX_VALUE);
  }

  private long available() throws IOException {
    return MemoryGroup.available(machine.resolve("membership"), machine);
  }

  private void belongsTo(String groups) throws IOException {
    Files.writeString(machine.resolve("membership"), groups);
  }

  private void group(String name, String limit, Object granted, String usage, long used)
      throws IOException {
    Path folder = Files.createDirectories(machine.resolve(name));
    Files.writeString(folder.resolve(limit), granted + "\n");
    Files.writeString(folder.resolve(usage), used + "\n");
  }

  private void stat(String name, String lines) throws IOException {
    Files.writeString(machine.resolve(name).resolve("memory.stat"), lines);
  }
}

package io.furnistream.rollup.totals;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillingGroupsTest {

  @TempDir private Path folder;

  @Test
  void sumsAreTheSameWhetherTheyFitMemoryOrNot() throws Exception {
    // About four groups fit, so that files are written, and merged while they are being written.
    SpillingGroups groups = new SpillingGroups(folder.resolve("spill"), 2, 700);
    Map<String, BigInteger> expected = new TreeMap<>();
    for (int i = 0; i < 2000; i++) {
      String name = "group " + (i * 7919) % 331;
      // Already two of these are more than 64 bits hold.
      BigInteger amount = BigInteger.valueOf(Long.MAX_VALUE).subtract(BigInteger.valueOf(i));
      groups.add(new GroupKey.Writer().text(name).key(), amount, BigInteger.valueOf(-1));
      expected.merge(name, amount, BigInteger::add);
    }

    Map<String, BigInteger> found = new TreeMap<>();
    List<String> order = new ArrayList<>();
    long[] rows = new long[1];
    groups.forEach(
        (key, sums) -> {
          String name = new GroupKey.Reader(key).text();
          found.put(name, sums[0]);
          order.add(name);
          rows[0] -= sums[1].longValueExact();
        });

    assertThat(found).isEqualTo(expected);
    assertThat(order).isSorted().doesNotHaveDuplicates();
    assertThat(rows[0]).isEqualTo(2000);
    assertThat(groups.count()).isEqualTo(331);
    assertThat(files()).isBetween(1L, 65L);
  }

  @Test
  void keysSortAsTheirFieldsDo() {
    List<GroupKey> sorted =
        List.of(
            new GroupKey.Writer().number(-5).text("z").key(),
            new GroupKey.Writer().number(0).text("").text("z").key(),
            new GroupKey.Writer().number(0).text("\u0000").text("a").key(),
            new GroupKey.Writer().number(0).text("a").text("z").key(),
            new GroupKey.Writer().number(0).text("a\u0000").text("a").key(),
            new GroupKey.Writer().number(0).text("ab").text("a").key(),
            // In UTF-16 the second of these would come first.
            new GroupKey.Writer().number(0).text("\uFF5E").text("a").key(),
            new GroupKey.Writer().number(0).text("🪑").text("a").key(),
            new GroupKey.Writer().number(180_000_000).text("a").key());

    assertThat(sorted).isSorted();
    GroupKey.Reader reader = new GroupKey.Reader(sorted.get(4));
    assertThat(reader.number()).isZero();
    assertThat(reader.text()).isEqualTo("a\u0000");
    assertThat(reader.text()).isEqualTo("a");
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("spill"))) {
      return files.count();
    }
  }
}

package io.furnistream.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedMemoryTest {

  @TempDir private Path export;

  @ParameterizedTest
  @ValueSource(longs = {1_000_000, 2_000_000})
  void aDayOfMillionsOfRecordsClosesInAHeapOf128Megabytes(long count) throws Exception {
    Path output = export.resolveSibling(export.getFileName() + ".log");
    Process process =
        RollupProcess.builder(export, count, 0).redirectOutput(output.toFile()).start();

    assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    assertThat(output)
        .content(StandardCharsets.UTF_8)
        .contains("2023-12-01  closed  revision 1  records " + count);

    try (DuckDb duckDb = new DuckDb("UTC")) {
      assertThat(
              duckDb.rows(
                  "SELECT count(*), count(DISTINCT customer_id), sum(revenue), sum(profit)"
                      + " FROM '%s'",
                  export.resolve("records/2023-12-01.parquet")))
          .containsExactly(
              count
                  + "|"
                  + count
                  + "|"
                  + count * 20
                  + ".0000|"
                  + (count * 5 + count / 10_000)
                  + ".0000");
      assertThat(
              duckDb.rows(
                  "SELECT daily_records, daily_pu, daily_orders, daily_quantity FROM '%s'",
                  export.resolve("rollups/daily_pu_rev/2023-12-01.parquet")))
          .containsExactly(count + "|" + count + "|" + count + "|" + 2 * count);
      assertThat(
              duckDb.rows(
                  "SELECT count(*), sum(daily_quantity) FROM '%s'",
                  export.resolve("rollups/daily_category_product/2023-12-01.parquet")))
          .containsExactly("50021|" + 2 * count);
      assertThat(
              duckDb.rows(
                  "SELECT count(*), sum(daily_pu) FROM '%s'",
                  export.resolve("rollups/daily_address/2023-12-01.parquet")))
          .containsExactly("10007|" + count);
    }
  }
}

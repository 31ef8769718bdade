package io.furnistream.verify.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlicesTest {

  private static final String HASH = "hash(id)";

  /** Every row is in one slice and none in two, also of a relation with other buckets. */
  @Test
  void slicesHaveEveryRowOnce() {
    try (ProofDatabase database = EmptyDatabase.open()) {
      database.execute(
          "CREATE TABLE t AS SELECT range AS id, CASE WHEN range < 500 THEN 3 ELSE range % 8 END AS bucket FROM range(1000)");
      database.execute(
          "CREATE TABLE other AS SELECT range AS id, range % 40 - 10 AS bucket FROM range(1000)");

      List<String> slices = Slices.byBucket(database, "t", HASH, 100);

      assertThat(slices).hasSizeBetween(10, 20);
      List<Long> counts = counts(database, "t", slices);
      assertThat(counts).allMatch(count -> count <= 140);
      assertThat(sum(counts)).isEqualTo(1000);
      assertThat(sum(counts(database, "other", slices))).isEqualTo(1000);
      assertThat(
              sum(
                  counts(
                      database,
                      "t",
                      List.of(slices.stream().reduce((a, b) -> a + " OR " + b).orElseThrow()))))
          .isEqualTo(1000);
    }
  }

  @Test
  void fewRowsAreOneSlice() {
    try (ProofDatabase database = EmptyDatabase.open()) {
      database.execute("CREATE TABLE t (id INTEGER, bucket INTEGER)");
      assertThat(Slices.byBucket(database, "t", HASH, 100)).containsExactly("true");
      database.execute("INSERT INTO t SELECT range, range FROM range(100)");
      assertThat(Slices.byBucket(database, "t", HASH, 100)).containsExactly("true");
      assertThat(Slices.byHash(HASH, 100, 100)).containsExactly("true");
      assertThat(Slices.byHash(HASH, 101, 100)).hasSize(2);
    }
  }

  private static List<Long> counts(ProofDatabase database, String table, List<String> slices) {
    List<Long> counts = new ArrayList<>();
    for (String slice : slices) {
      counts.add(
          database.count("SELECT count(*) AS count FROM %s WHERE %s".formatted(table, slice)));
    }
    return counts;
  }

  private static long sum(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }
}

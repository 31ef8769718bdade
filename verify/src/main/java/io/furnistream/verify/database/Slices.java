package io.furnistream.verify.database;

import java.util.ArrayList;
import java.util.List;

/**
 * How rows are worked through that are too many for the database's memory: in slices, by the bucket
 * that sales have, and where a bucket has too many by a hash besides. Rows of a bucket lie together
 * where they are kept, so that most slices read little more than their own.
 */
public final class Slices {

  private final long rowsAtOnce;
  private final String hash;
  private final List<String> conditions = new ArrayList<>();
  private Long from;
  private long rows;

  private Slices(String hash, long rowsAtOnce) {
    this.hash = hash;
    this.rowsAtOnce = rowsAtOnce;
  }

  /**
   * Slices of a relation, about equally large; each row is in one of them, and so is each row of
   * another relation with the same columns.
   *
   * @param relation a table, or a query in brackets, with the column {@code bucket}
   * @param hash an expression of the columns that tells the rows of a bucket apart
   * @return conditions for a WHERE
   */
  public static List<String> byBucket(
      ProofDatabase database, String relation, String hash, long rowsAtOnce) {
    Slices slices = new Slices(hash, rowsAtOnce);
    database.forEachRow(
        "SELECT bucket, count(*) AS records FROM %s GROUP BY bucket ORDER BY bucket"
            .formatted(relation),
        row -> slices.add(row.count("bucket"), row.count("records")));
    slices.end("true");
    return slices.conditions;
  }

  /** Slices of so many rows by a hash alone. */
  static List<String> byHash(String hash, long rows, long rowsAtOnce) {
    Slices slices = new Slices(hash, rowsAtOnce);
    slices.rows = rows;
    slices.end("true");
    return slices.conditions;
  }

  private void add(long bucket, long more) {
    if (rows > 0 && rows + more > rowsAtOnce) {
      end("bucket < " + bucket);
      from = bucket;
      rows = 0;
    }
    rows += more;
  }

  private void end(String before) {
    String within = from == null ? before : "bucket >= %d AND %s".formatted(from, before);
    long parts = Math.max(1, (rows + rowsAtOnce - 1) / rowsAtOnce);
    for (long part = 0; part < parts; part++) {
      conditions.add(
          parts == 1 ? within : "%s AND %s %% %d = %d".formatted(within, hash, parts, part));
    }
  }
}

package io.furnistream.verify.records;

import io.furnistream.schemas.StoreKind;
import io.furnistream.schemas.Topic;
import io.furnistream.verify.database.Appender;
import io.furnistream.verify.database.ProofDatabase;
import io.furnistream.verify.database.ProofRow;
import io.furnistream.verify.tables.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cassandra's quarantine, whose rows are compared, column by column, with what the refused records
 * have in Kafka: the temporary table {@code quarantined}. Not thread-safe.
 */
public final class Quarantine {

  /** The table of Cassandra that holds the sales that were screened out. */
  public static final String TABLE = StoreKind.CASSANDRA.qualified("quarantine");

  /** Reads the table. */
  @FunctionalInterface
  public interface Source {

    /** Reads all rows of the topic's present incarnation. */
    void read(Rows rows);
  }

  /** Takes rows. */
  @FunctionalInterface
  public interface Rows {

    /**
     * Takes a row.
     *
     * @param columns the others: String, Integer, Long, BigDecimal, LocalDate, Instant or null
     */
    void row(int partition, long offset, String customerName, Map<String, ?> columns);
  }

  private final ProofDatabase database;
  private final TokenTable tokens;
  private final Source source;

  /**
   * A quarantine that was not read yet.
   *
   * @param tokens what replaces customers' names
   */
  public Quarantine(ProofDatabase database, TokenTable tokens, Source source) {
    this.database = database;
    this.tokens = tokens;
    this.source = source;
  }

  /** Reads what it holds now. */
  void read() {
    database.execute(
        "CREATE OR REPLACE TEMP TABLE quarantined"
            + " (kafka_partition INTEGER, kafka_offset BIGINT, customer_name VARCHAR, quarantined VARCHAR)");
    try (Appender rows = database.appendTemporary("quarantined")) {
      source.read(
          (partition, offset, name, columns) ->
              rows.row(partition, offset, name, QuarantineRow.of(columns).json()));
    }
  }

  /**
   * An error where rows say something else than their records, and a warning where there are rows
   * of records that count.
   */
  List<Problem> wrong() {
    List<Problem> problems = new ArrayList<>();
    differing().ifPresent(problems::add);
    counting().ifPresent(problems::add);
    return problems;
  }

  private Optional<Problem> differing() {
    tokens.add("refusal");
    // What cannot be read any more, as when its schema was deleted since, is compared with nothing.
    String differing =
        """
        FROM refusal r JOIN quarantined q USING (kafka_partition, kafka_offset)
        LEFT JOIN name_token t ON t.customer_name = r.customer_name
        WHERE r.quarantined IS NOT NULL AND (r.quarantined <> q.quarantined OR %s)"""
            .formatted(tokens.isKnown() ? "t.token IS DISTINCT FROM q.customer_name" : "false");
    long all = database.count("SELECT count(*) AS count " + differing);
    if (all == 0) {
      return Optional.empty();
    }
    List<String> named = new ArrayList<>();
    database.forEachRow(
        """
        SELECT kafka_partition, kafka_offset, r.quarantined AS must, q.quarantined AS found,
          t.token AS token, q.customer_name AS found_token
        %s ORDER BY kafka_partition, kafka_offset LIMIT %d"""
            .formatted(differing, Refusals.NAMED),
        row -> named.add(inWords(row)));
    return Optional.of(
        Problem.error(
            null,
            "%d rows of %s are not what their records of %s say: %s%s. Nothing but the sink writes there: find out who has; an UPDATE with the values that are named here puts a row right"
                .formatted(
                    all,
                    TABLE,
                    Topic.DAILY_RECORDS.topicName(),
                    String.join("; ", named),
                    all > Refusals.NAMED ? "; …" : "")));
  }

  private String inWords(ProofRow row) {
    List<String> differences =
        new ArrayList<>(
            QuarantineRow.parse(row.text("must"))
                .differences(QuarantineRow.parse(row.text("found"))));
    if (tokens.isKnown()) {
      String must = row.text("token");
      String is = row.text("found_token");
      if (must == null ? is != null : !must.equals(is)) {
        differences.add("customer_name is %s and must be %s".formatted(is, must));
      }
    }
    return "partition %d, offset %d: %s"
        .formatted(
            row.count("kafka_partition"),
            row.count("kafka_offset"),
            String.join(", ", differences));
  }

  private Optional<Problem> counting() {
    List<String> named = new ArrayList<>();
    long[] all = new long[1];
    database.forEachRow(
        """
        SELECT kafka_partition, kafka_offset, count(*) OVER () AS records
        FROM quarantined SEMI JOIN sale USING (kafka_partition, kafka_offset)
        ORDER BY kafka_partition, kafka_offset LIMIT\s"""
            + Refusals.NAMED,
        row -> {
          all[0] = row.count("records");
          named.add(
              "partition %d, offset %d"
                  .formatted(row.count("kafka_partition"), row.count("kafka_offset")));
        });
    return all[0] == 0
        ? Optional.empty()
        : Optional.of(
            Problem.warning(
                "%d rows of %s are of records of %s that break no rule (%s%s): a rule was another when they were written. The rows may be deleted"
                    .formatted(
                        all[0],
                        TABLE,
                        Topic.DAILY_RECORDS.topicName(),
                        String.join("; ", named),
                        all[0] > Refusals.NAMED ? "; …" : "")));
  }
}

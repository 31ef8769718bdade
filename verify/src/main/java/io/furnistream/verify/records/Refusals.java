package io.furnistream.verify.records;

import io.furnistream.schemas.FaultOrigin;
import io.furnistream.verify.database.Appender;
import io.furnistream.verify.database.ProofDatabase;
import io.furnistream.verify.database.ProofRow;
import io.furnistream.verify.tables.DayRange;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The sales that do not count, because they cannot be read or break a rule: the table {@code
 * refusal} of the database, which {@link SalesLog} writes. However many there are, they take no
 * memory here. Not thread-safe.
 */
public final class Refusals {

  /** So many are named one by one. */
  static final int NAMED = 5;

  /**
   * Those that are alike.
   *
   * @param day the day that they count for; null for any day of which no run says anything
   * @param isOfARun whether their headers name a run that says something
   */
  record Group(LocalDate day, boolean isOfARun, String rule, long records) {}

  private final ProofDatabase database;

  /** Those of the sales that were read into a database. */
  Refusals(ProofDatabase database) {
    this.database = database;
  }

  /** Whether every record counts. */
  public boolean isEmpty() {
    return count() == 0;
  }

  /** How many there are. */
  public long count() {
    return database.count("SELECT count(*) AS count FROM refusal");
  }

  /** How many there are, by rule. */
  public SortedMap<String, Long> byRule() {
    SortedMap<String, Long> rules = new TreeMap<>();
    database.forEachRow(
        "SELECT rule, count(*) AS records FROM refusal GROUP BY rule",
        row -> rules.put(row.text("rule"), row.count("records")));
    return rules;
  }

  /** Where the first of them lies and what is wrong with it, or null when there is none. */
  public String first() {
    String[] first = new String[1];
    database.forEachRow(
        "SELECT kafka_partition, kafka_offset, message FROM refusal ORDER BY kafka_partition, kafka_offset LIMIT 1",
        row ->
            first[0] =
                "partition %d, offset %d: %s"
                    .formatted(
                        row.count("kafka_partition"),
                        row.count("kafka_offset"),
                        row.text("message")));
    return first[0];
  }

  /**
   * Groups them by the day that they count for. What a header says of a run that said nothing is
   * not believed: its record counts for the day of its key, as those without such headers do. A
   * record of a run that failed counts for none: the ledger does not know how many it wrote.
   *
   * @param announcing the runs that say how many are to be refused
   * @param unfinished the runs that failed, or go on
   * @param asked the days that are asked for; of others there are groups only where a run says
   *     something of them
   */
  List<Group> groups(
      Collection<FaultOrigin> announcing, Collection<FaultOrigin> unfinished, DayRange asked) {
    database.execute(
        "CREATE OR REPLACE TEMP TABLE run_of_faults"
            + " (origin_dataset VARCHAR, origin_day DATE, origin_run VARCHAR, is_announcing BOOLEAN)");
    try (Appender rows = database.appendTemporary("run_of_faults")) {
      announcing.forEach(run -> rows.row(run.dataset(), run.day(), run.run(), true));
      unfinished.forEach(run -> rows.row(run.dataset(), run.day(), run.run(), false));
    }
    database.execute("SET VARIABLE first_asked = CAST(? AS DATE)", asked.from());
    database.execute("SET VARIABLE last_asked = CAST(? AS DATE)", asked.to());
    // All days are asked for, those too that no calendar of a store has: a key may name them.
    database.execute("SET VARIABLE is_all_asked = CAST(? AS BOOLEAN)", asked.equals(DayRange.ALL));
    database.execute(
        """
        CREATE OR REPLACE TEMP VIEW judged AS
        WITH counted AS (
          SELECT kafka_partition, kafka_offset, rule, coalesce(is_announcing, false) AS is_of_a_run,
            CASE WHEN is_announcing THEN origin_day ELSE counts_for END AS counts_for
          FROM refusal LEFT JOIN run_of_faults USING (origin_dataset, origin_day, origin_run)
          WHERE is_announcing IS DISTINCT FROM false),
        announced AS (SELECT DISTINCT origin_day AS day FROM run_of_faults WHERE is_announcing)
        SELECT counted.*, day FROM counted LEFT JOIN announced ON counts_for = day
        WHERE day IS NOT NULL OR getvariable('is_all_asked')
          OR counts_for BETWEEN getvariable('first_asked') AND getvariable('last_asked')""");
    List<Group> groups = new ArrayList<>();
    database.forEachRow(
        "SELECT day, is_of_a_run, rule, count(*) AS records FROM judged GROUP BY ALL ORDER BY ALL",
        row ->
            groups.add(
                new Group(
                    row.date("day"),
                    row.flag("is_of_a_run"),
                    row.text("rule"),
                    row.count("records"))));
    return groups;
  }

  /** Where the first of some groups lie and why they do not count, in words. */
  List<String> named(Collection<Group> groups) {
    database.execute(
        "CREATE OR REPLACE TEMP TABLE to_name (day DATE, is_of_a_run BOOLEAN, rule VARCHAR)");
    try (Appender rows = database.appendTemporary("to_name")) {
      groups.forEach(group -> rows.row(group.day(), group.isOfARun(), group.rule()));
    }
    List<String> named = new ArrayList<>();
    database.forEachRow(
        """
        SELECT kafka_partition, kafka_offset, rule FROM judged j
        WHERE EXISTS (FROM to_name n WHERE n.day IS NOT DISTINCT FROM j.day
          AND n.is_of_a_run = j.is_of_a_run AND n.rule = j.rule)
        ORDER BY kafka_partition, kafka_offset LIMIT\s"""
            + NAMED,
        row -> named.add(inWords(row)));
    return named;
  }

  /** Where a record lies and why it does not count. */
  static String inWords(ProofRow row) {
    return "partition %d, offset %d, rule %s"
        .formatted(row.count("kafka_partition"), row.count("kafka_offset"), row.text("rule"));
  }
}

package io.furnistream.verify.records;

import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.Topic;
import io.furnistream.schemas.TopicColumn;
import io.furnistream.verify.database.EmptyDatabase;
import io.furnistream.verify.database.OpenDayRows;
import io.furnistream.verify.database.ProofDatabase;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.Figures;
import io.furnistream.verify.tables.OpenDays;
import io.furnistream.verify.tables.StoredRow;
import io.furnistream.verify.tables.TableLayout;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records of Kafka in a database in memory, and what counts of them. */
public final class Sold implements AutoCloseable {

  /** The key of the tokens that replace customers' names. */
  public static final String TOKEN_KEY = "0123456789abcdef0123456789abcdef";

  /** So few that tests of many records work out their days in slices. */
  private static final long RECORDS_AT_ONCE = 40;

  private final ProofDatabase database = EmptyDatabase.open();
  private final SalesLog.Writer writer = new SalesLog(database).writer();
  private final OpenDays open = new OpenDays();
  private Optional<Path> regions = Optional.empty();
  private OpenDayRows openRows;
  private Landed landed;
  private long offset;

  /** Puts a record behind those before, and returns the rule that refuses it. */
  public Optional<String> put(DailyRecordKey key, DailyRecord sale, String dataset) {
    offset++;
    try {
      writer.put(0, offset, key, sale, Optional.ofNullable(dataset));
      return Optional.empty();
    } catch (UnreadableRecordException e) {
      writer.refuse(
          new ConsumerRecord<>("daily_records", 0, offset, new byte[1], new byte[1]),
          key,
          sale,
          e,
          Optional.empty());
      return Optional.of(e.rule());
    }
  }

  public Optional<String> put(DailyRecordKey key, DailyRecord sale) {
    return put(key, sale, null);
  }

  /** The file that regions are looked up in; before anything is asked. */
  public void lookUpIn(Path file) {
    regions = Optional.of(file);
  }

  /** The days that are open; before anything is asked. */
  public OpenDays open() {
    return open;
  }

  /** Works out what counts on these days; nothing may be put any more. */
  public Landed prepare(DayRange range) {
    if (landed == null) {
      writer.close();
      openRows = new OpenDayRows(database, open);
      landed =
          new Landed(
              database,
              new Enrichment(
                  database,
                  new TokenTable(database, Optional.of(new NameTokens(TOKEN_KEY))),
                  regions),
              openRows,
              RECORDS_AT_ONCE);
    }
    landed.prepare(range);
    return landed;
  }

  public OpenDayRows openRows() {
    return openRows;
  }

  public ProofDatabase database() {
    return database;
  }

  public Map<LocalDate, Figures> days() {
    return prepare(DayRange.ALL).figures();
  }

  /** The rows of a table that is kept by day: by day, then by key. */
  public Map<LocalDate, Map<List<String>, List<Object>>> rows(Topic topic, DayRange range) {
    TableLayout layout =
        topic == Topic.RECENT_RECORDS ? TableLayout.of(topic, "ts_date") : TableLayout.of(topic);
    prepare(range);
    Map<LocalDate, Map<List<String>, List<Object>>> days = new TreeMap<>();
    database.forEachRow(
        "FROM " + ExpectedTable.of(layout),
        row ->
            days.computeIfAbsent(row.date("of_day"), d -> new HashMap<>())
                .put(names(layout, row), values(layout, row)));
    return days;
  }

  public Map<List<String>, List<Object>> rows(Topic topic, LocalDate day) {
    return rows(topic, DayRange.ALL).getOrDefault(day, Map.of());
  }

  private static List<String> names(TableLayout layout, StoredRow row) {
    return layout.keyColumns().stream().map(column -> TableLayout.name(column, row)).toList();
  }

  private static List<Object> values(TableLayout layout, StoredRow row) {
    List<Object> values = new ArrayList<>();
    for (TopicColumn column : layout.comparedColumns()) {
      values.add(TableLayout.value(column, row));
    }
    return values;
  }

  @Override
  public void close() {
    writer.close();
    database.close();
  }
}

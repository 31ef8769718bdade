package io.furnistream.replay.spool;

import io.furnistream.cli.CannotRunException;
import io.furnistream.stores.duckdb.DuckDb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.commons.io.FileUtils;
import org.apache.commons.io.file.PathUtils;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * The lines of a replay, put in order on disk: ten million take no more memory than ten thousand.
 * They are kept by DuckDB in a folder of its own, which goes with the spool. Not thread-safe.
 */
public final class Spool implements AutoCloseable {

  private static final String MEMORY = "192MB";

  /** Each further one needs memory of its own, which sorts of ten million lines do not leave. */
  private static final int THREADS = 1;

  /**
   * An id is {@code high} and {@code low}. Days count from 1970-01-01, {@code ts} is in
   * milliseconds from its start in UTC. {@code place} says in which order lines were added, {@code
   * written} is an offset in Kafka: of one key, all records are in one partition.
   */
  private static final String TABLES =
      """
      CREATE TABLE lines (
        high BIGINT, low BIGINT, day INTEGER, ts BIGINT, place BIGINT,
        cells BIGINT, hash BIGINT, customer VARCHAR, record BLOB);
      CREATE TABLE written (
        high BIGINT, low BIGINT, day INTEGER, written BIGINT, hash BIGINT, customer VARCHAR,
        record BLOB);
      CREATE TABLE days (day INTEGER)
      """;

  /**
   * The last of the lines with the same id counts, and the last that Kafka has of each key. What
   * does not count is collected, which is little: to join all lines would take memory that a sort
   * needs.
   */
  private static final String CHOOSE =
      """
      CREATE TABLE repeated AS
        SELECT high, low, max(place) AS place FROM lines
        GROUP BY high, low HAVING count(*) > 1;
      CREATE TABLE superseded AS
        SELECT lines.place, lines.cells = latest.cells AS same
        FROM lines
        JOIN repeated USING (high, low)
        JOIN lines AS latest ON latest.place = repeated.place
        WHERE lines.place <> repeated.place;
      CREATE VIEW chosen AS
        SELECT * FROM lines
        WHERE NOT EXISTS (SELECT 1 FROM superseded WHERE superseded.place = lines.place);
      CREATE TABLE rewritten AS
        SELECT high, low, day, max(written) AS written FROM written
        GROUP BY high, low, day HAVING count(*) > 1;
      CREATE VIEW present AS
        SELECT * FROM written
        WHERE record IS NOT NULL
          AND NOT EXISTS (
            SELECT 1 FROM rewritten
            WHERE rewritten.high = written.high AND rewritten.low = written.low
              AND rewritten.day = written.day AND rewritten.written > written.written)
      """;

  private static final String SUPERSEDED =
      "SELECT count(*) FILTER (same), count(*) FILTER (NOT same) FROM superseded";

  /** What is there already, and what has another day now. */
  private static final String PLAN =
      """
      CREATE TABLE kept AS
        SELECT chosen.place FROM chosen JOIN present USING (high, low, day, hash);
      CREATE TABLE back AS
        SELECT present.high, present.low, present.day
        FROM present JOIN chosen USING (high, low)
        WHERE present.day <> chosen.day
      """;

  private static final String VANISHED =
      """
      INSERT INTO back
        SELECT high, low, day FROM present
        WHERE NOT EXISTS (
          SELECT 1 FROM chosen WHERE present.high = chosen.high AND present.low = chosen.low)
      """;

  /** Which days change; what is there, is not in the files, and stays; what each day holds. */
  private static final String HELD =
      """
      CREATE TABLE touched AS
        SELECT DISTINCT day FROM (
          SELECT day FROM chosen
            WHERE NOT EXISTS (SELECT 1 FROM kept WHERE kept.place = chosen.place)
          UNION ALL SELECT day FROM back
          UNION ALL SELECT day FROM days);
      CREATE VIEW staying AS
        SELECT * FROM present
        WHERE NOT EXISTS (
            SELECT 1 FROM back
            WHERE present.high = back.high AND present.low = back.low AND present.day = back.day)
          AND NOT EXISTS (
            SELECT 1 FROM chosen WHERE present.high = chosen.high AND present.low = chosen.low);
      CREATE VIEW held AS
        SELECT day, customer FROM chosen UNION ALL SELECT day, customer FROM staying
      """;

  private static final String DAYS =
      """
      SELECT day, touched.day IS NOT NULL, coalesce(records, 0), coalesce(customers, 0),
        coalesce(taken_back, 0)
      FROM (SELECT day FROM held UNION SELECT day FROM touched)
      LEFT JOIN touched USING (day)
      LEFT JOIN (SELECT day, count(*) AS records FROM held GROUP BY day) USING (day)
      LEFT JOIN (
        SELECT day, count(*) AS customers FROM (SELECT DISTINCT day, customer FROM held)
        GROUP BY day) USING (day)
      LEFT JOIN (SELECT day, count(*) AS taken_back FROM back GROUP BY day) USING (day)
      """;

  /** A table of its own: joins and a sort in one query would share the memory. */
  private static final String STEPS =
      """
      CREATE TABLE steps AS
        SELECT day, 0 AS turn, 'TOUCH' AS kind, 0::BIGINT AS ts, 0::BIGINT AS high,
          0::BIGINT AS low, NULL::BLOB AS record
        FROM touched
        UNION ALL
        SELECT day, 1, 'TAKE_BACK', 0, high, low, NULL FROM back
        UNION ALL
        SELECT day, 2, 'STAY', 0, high, low, record FROM staying
        UNION ALL
        SELECT day, 2, CASE WHEN kept.place IS NULL THEN 'SEND' ELSE 'KEEP' END, ts, high, low,
          record
        FROM chosen LEFT JOIN kept USING (place)
      """;

  /** By day: what is taken back, what is there and is left, and the lines in the order of time. */
  private static final String IN_ORDER =
      "SELECT day, kind, high, low, record FROM steps ORDER BY day, turn, ts, high, low";

  private final Path folder;
  private final Connection connection;

  /** Deletes the folder of a run that Ctrl-C ends, which may be gigabytes. */
  private final Thread atExit;

  private long added;
  private DuckDBAppender lines;
  private DuckDBAppender written;

  private Spool(Path folder, Connection connection) {
    this.folder = folder;
    this.connection = connection;
    this.atExit = new Thread(() -> FileUtils.deleteQuietly(folder.toFile()), "spool");
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Opens an empty spool.
   *
   * @param parent where its folder is made
   * @throws CannotRunException when none can be made there
   */
  public static Spool in(Path parent) {
    try {
      Path folder = Files.createTempDirectory(parent, "furnistream-replay-");
      Map<String, String> settings =
          Map.of(
              "preserve_insertion_order",
              "false",
              "temp_directory",
              folder.resolve("tmp").toString());
      Spool spool =
          new Spool(folder, DuckDb.open(folder.resolve("lines"), THREADS, MEMORY, settings));
      spool.execute(TABLES);
      spool.lines = spool.appender("lines");
      spool.written = spool.appender("written");
      return spool;
    } catch (IOException | SQLException e) {
      throw full(parent, e);
    }
  }

  /**
   * Adds a line after those that were added before.
   *
   * @param day of the store
   * @param ts when it was sold, in milliseconds since 1970-01-01T00:00Z
   * @param cells hash of what the row says
   * @param hash of what is written to Kafka
   * @param customer who bought
   * @param record what is written, as {@link Step#record} hands it out
   */
  public void add(
      UUID id, LocalDate day, long ts, long cells, long hash, String customer, byte[] record) {
    try {
      lines.beginRow();
      lines.append(id.getMostSignificantBits()).append(id.getLeastSignificantBits());
      lines.append((int) day.toEpochDay()).append(ts).append(added);
      lines.append(cells).append(hash).append(customer).append(record);
      lines.endRow();
      added++;
    } catch (SQLException e) {
      throw full(folder, e);
    }
  }

  /**
   * Adds what Kafka has of the dataset already.
   *
   * @param day of the store
   * @param place its offset in its partition: of one key, the last counts
   * @param hash of {@code record}; any where it was taken back
   * @param customer null where it was taken back
   * @param record null where it was taken back
   */
  public void addWritten(
      UUID id, LocalDate day, long place, long hash, String customer, byte[] record) {
    try {
      written.beginRow();
      written.append(id.getMostSignificantBits()).append(id.getLeastSignificantBits());
      written.append((int) day.toEpochDay()).append(place).append(hash);
      if (record == null) {
        written.appendNull().appendNull();
      } else {
        written.append(customer).append(record);
      }
      written.endRow();
    } catch (SQLException e) {
      throw full(folder, e);
    }
  }

  /**
   * Lines after which another one has the same id.
   *
   * @param duplicates whose later one says the same
   * @param corrected whose later one says something else
   */
  public record Superseded(long duplicates, long corrected) {}

  /** Chooses the last line of each id, when all have been added. */
  public Superseded choose() {
    try {
      lines.close();
      written.close();
      execute(CHOOSE);
      try (Statement statement = connection.createStatement();
          ResultSet superseded = statement.executeQuery(SUPERSEDED)) {
        superseded.next();
        return new Superseded(superseded.getLong(1), superseded.getLong(2));
      }
    } catch (SQLException e) {
      throw full(folder, e);
    }
  }

  /** How many lines were added. */
  public long lines() {
    return added;
  }

  /** What is done with a record. */
  public enum Kind {
    /** The figures of a day may change: this comes before all else of it. */
    TOUCH,
    /** It is taken back: it is on another day now, or not in the files any more. */
    TAKE_BACK,
    /** It is written. */
    SEND,
    /** It is there already, as it is in the files. */
    KEEP,
    /** It is there, is not in the files, and is left. */
    STAY
  }

  /**
   * What is done next.
   *
   * @param record what was added; null where a record is taken back or a day touched
   */
  @SuppressWarnings("ArrayRecordComponent") // as Avro and DuckDB have it; nobody compares steps
  public record Step(Kind kind, LocalDate day, UUID id, byte[] record) {}

  /** Takes steps. */
  @FunctionalInterface
  public interface StepReader {

    /** Takes the next one. */
    void take(Step step);
  }

  /**
   * What becomes of a day.
   *
   * @param touched whether something is written or taken back, or it is to be stated in any case
   * @param records how many it has in the end
   * @param customers how many of them it has in the end
   * @param takenBack how many records are taken back
   */
  public record Day(boolean touched, long records, long customers, long takenBack) {}

  /**
   * Works out what is to be done, once lines were chosen.
   *
   * @param replace whether what is not in the files any more is taken back
   * @param days whose figures are stated again in any case
   */
  public SortedMap<LocalDate, Day> plan(boolean replace, Collection<LocalDate> days) {
    try {
      try (PreparedStatement insert = connection.prepareStatement("INSERT INTO days VALUES (?)")) {
        for (LocalDate day : days) {
          insert.setInt(1, (int) day.toEpochDay());
          insert.executeUpdate();
        }
      }
      execute(PLAN);
      if (replace) {
        execute(VANISHED);
      }
      execute(HELD);
      return days();
    } catch (SQLException e) {
      throw full(folder, e);
    }
  }

  private SortedMap<LocalDate, Day> days() throws SQLException {
    SortedMap<LocalDate, Day> days = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(DAYS)) {
      while (rows.next()) {
        days.put(
            LocalDate.ofEpochDay(rows.getInt(1)),
            new Day(rows.getBoolean(2), rows.getLong(3), rows.getLong(4), rows.getLong(5)));
      }
    }
    return days;
  }

  /** Hands out, by day, what was planned. */
  public void forEachStep(StepReader reader) {
    try {
      execute(STEPS);
      try (Statement statement = connection.createStatement();
          ResultSet steps = statement.executeQuery(IN_ORDER)) {
        while (steps.next()) {
          reader.take(
              new Step(
                  Kind.valueOf(steps.getString(2)),
                  LocalDate.ofEpochDay(steps.getInt(1)),
                  new UUID(steps.getLong(3), steps.getLong(4)),
                  steps.getBytes(5)));
        }
      }
    } catch (SQLException e) {
      throw full(folder, e);
    }
  }

  private DuckDBAppender appender(String table) throws SQLException {
    return connection
        .unwrap(DuckDBConnection.class)
        .createAppender(DuckDBConnection.DEFAULT_SCHEMA, table);
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static CannotRunException full(Path where, Exception error) {
    return new CannotRunException(
        "The lines cannot be put in order in %s: %s. Make room there, or set TMPDIR to another folder."
            .formatted(where, error.getMessage()),
        error);
  }

  private void forgetExit() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // It has begun.
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
      forgetExit();
      PathUtils.deleteDirectory(folder);
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB does not close " + folder, e);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be deleted", e);
    }
  }
}

package io.furnistream.verify.database;

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
import java.util.Comparator;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/**
 * A database of DuckDB in which what was read is sorted, joined and added up by SQL, within bounded
 * memory: what does not fit is spilled to the disk. What cannot be spilled gets more memory, up to
 * {@value #MOST_MEMORY_MB} MB. Not thread-safe.
 *
 * <p>Every method throws {@link CannotRunException} when the database fails, as for lack of disk
 * space.
 */
public final class ProofDatabase implements AutoCloseable {

  private static final int THREADS = 2;
  private static final int MEMORY_MB = 80;

  /** A day of millions of records may need more than that; no more than this is taken. */
  private static final int MOST_MEMORY_MB = 16 * MEMORY_MB;

  /** Of temporary tables; where those of a file are kept is said by its path. */
  private static final String TEMPORARY = "temp";

  private static final String SCHEMA = "main";

  private final Path file;
  private final Connection connection;
  private final boolean isTemporary;
  private int memoryMb = MEMORY_MB;

  private ProofDatabase(Path file, Connection connection, boolean isTemporary) {
    this.file = file;
    this.connection = connection;
    this.isTemporary = isTemporary;
  }

  /**
   * Opens a database that is gone when it is closed.
   *
   * @param folder an empty folder, which is gone too
   */
  public static ProofDatabase temporary(Path folder) throws SQLException {
    Path file = folder.resolve("verify.duckdb");
    return new ProofDatabase(file, connect(file, folder.resolve("spill")), true);
  }

  /**
   * Opens the database in a file, which is made when it is not there. One process at a time has it.
   *
   * @param spill folder for what does not fit into memory
   * @throws SQLException when another process has it, or the file is no database
   */
  public static ProofDatabase in(Path file, Path spill) throws SQLException {
    Connection connection = connect(file, spill);
    // Nobody else has the file, so what is there was left by a process that was killed.
    delete(spill);
    return new ProofDatabase(file, connection, false);
  }

  private static Connection connect(Path file, Path spill) throws SQLException {
    Map<String, String> settings =
        Map.of(
            "temp_directory",
            spill.toString(),
            // The driver hides why a query fails whose result it streams; none here is large.
            DuckDBDriver.JDBC_STREAM_RESULTS,
            "false",
            "preserve_insertion_order",
            "false",
            // What is freed goes back to the system soon: it would look like memory in use.
            "allocator_flush_threshold",
            "8MB",
            "allocator_bulk_deallocation_flush_threshold",
            "16MB");
    return DuckDb.open(file, THREADS, MEMORY_MB + "MB", settings);
  }

  private static void delete(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException | UncheckedIOException e) {
      // It takes room, and harms nothing.
      return;
    }
  }

  /**
   * Runs a statement.
   *
   * @param parameters values that JDBC takes as they are
   */
  public void execute(String sql, Object... parameters) {
    try {
      tryTo(sql, parameters);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /**
   * Runs a statement; what is wrong with it, such as a file that cannot be read, is the caller's.
   */
  public void tryTo(String sql, Object... parameters) throws SQLException {
    inMemory(
        () -> {
          try (PreparedStatement statement = prepare(sql, parameters)) {
            statement.execute();
          }
        });
  }

  /** Takes each row of a query. */
  public void forEachRow(String sql, Consumer<ProofRow> reader, Object... parameters) {
    try {
      inMemory(
          () -> {
            try (PreparedStatement statement = prepare(sql, parameters);
                ResultSet result = statement.executeQuery()) {
              ProofRow row = new ProofRow(result, "");
              while (result.next()) {
                reader.accept(row);
              }
            }
          });
    } catch (SQLException e) {
      throw failed(e);
    } catch (UncheckedSqlException e) {
      throw failed(e.sql());
    }
  }

  @FunctionalInterface
  private interface Work {
    void run() throws SQLException;
  }

  /**
   * Runs a statement, with more memory when there is too little. A statement that fails has changed
   * and returned nothing: results are complete before their first row is read.
   */
  private void inMemory(Work work) throws SQLException {
    while (true) {
      try {
        work.run();
        return;
      } catch (SQLException e) {
        boolean isShort = String.valueOf(e.getMessage()).startsWith("Out of Memory Error");
        if (!isShort || memoryMb >= MOST_MEMORY_MB) {
          throw e;
        }
        memoryMb *= 2;
        try (Statement statement = connection.createStatement()) {
          statement.execute("SET memory_limit = '%dMB'".formatted(memoryMb));
        }
      }
    }
  }

  /** The whole number that a query returns. */
  public long count(String sql, Object... parameters) {
    long[] count = new long[1];
    forEachRow(sql, row -> count[0] = row.count("count"), parameters);
    return count[0];
  }

  /** Runs work of which all or nothing remains. */
  public void inTransaction(Runnable work) {
    execute("BEGIN TRANSACTION");
    boolean done = false;
    try {
      work.run();
      done = true;
    } finally {
      execute(done ? "COMMIT" : "ROLLBACK");
    }
  }

  /** Adds rows to a table, fast: they are there when it is closed. */
  public Appender append(String table) {
    return appender(null, table);
  }

  /** Adds rows to a temporary table, fast. */
  public Appender appendTemporary(String table) {
    return appender(TEMPORARY, table);
  }

  private Appender appender(String catalog, String table) {
    try {
      DuckDBConnection duckDb = connection.unwrap(DuckDBConnection.class);
      return new Appender(
          this,
          catalog == null
              ? duckDb.createAppender(SCHEMA, table)
              : duckDb.createAppender(catalog, SCHEMA, table));
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      if (isTemporary) {
        delete(file.getParent());
      }
    }
  }

  CannotRunException failed(SQLException cause) {
    return new CannotRunException(
        "The database that verify works in (%s) fails: %s. If the disk is full, make room; the file may be deleted, all is then read again."
            .formatted(file, cause.getMessage()),
        cause);
  }

  private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }
}

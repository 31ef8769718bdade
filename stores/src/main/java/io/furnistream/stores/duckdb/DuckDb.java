package io.furnistream.stores.duckdb;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.duckdb.DuckDBDriver;

/**
 * Databases of DuckDB within bounded memory, which stream their results. Nothing but files is
 * needed: no network, and no settings of the user.
 */
public final class DuckDb {

  private static final String URL = "jdbc:duckdb:";
  private static final Pattern PATTERN = Pattern.compile("[\\[*?]");

  private DuckDb() {}

  /**
   * Opens a database in memory.
   *
   * @param threads how many it may use
   * @param memory how much it may use, as DuckDB writes it, such as {@code 256MB}
   */
  public static Connection open(int threads, String memory) throws SQLException {
    return DriverManager.getConnection(URL, settings(threads, memory));
  }

  /**
   * Opens a database in a file.
   *
   * @param further settings of DuckDB by their names
   */
  public static Connection open(Path file, int threads, String memory, Map<String, String> further)
      throws SQLException {
    Properties settings = settings(threads, memory);
    settings.putAll(further);
    return DriverManager.getConnection(URL + file, settings);
  }

  /** DuckDB takes a path as a pattern: its special characters are put into brackets. */
  public static String literally(Path file) {
    return PATTERN.matcher(file.toString()).replaceAll("[$0]");
  }

  private static Properties settings(int threads, String memory) {
    Properties settings = new Properties();
    settings.setProperty("threads", Integer.toString(threads));
    settings.setProperty("memory_limit", memory);
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
    return settings;
  }
}

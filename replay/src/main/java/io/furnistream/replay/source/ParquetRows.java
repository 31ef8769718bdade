package io.furnistream.replay.source;

import io.furnistream.cli.CannotRunException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import org.duckdb.DuckDBDriver;

/**
 * The rows of a Parquet file. Each value is read as its text, dates and times as ISO writes them.
 */
final class ParquetRows implements Rows {

  private static final Pattern PATTERN = Pattern.compile("[\\[*?]");

  private final Connection connection;
  private final PreparedStatement statement;
  private final ResultSet result;
  private final SourceFile file;
  private final List<String> header = new ArrayList<>();
  private long row;

  private ParquetRows(SourceFile file, Connection connection) throws SQLException {
    this.file = file;
    this.connection = connection;
    this.statement = connection.prepareStatement("SELECT COLUMNS(*)::VARCHAR FROM read_parquet(?)");
    // DuckDB takes a path for a pattern: what stands for more in it is put into brackets.
    statement.setString(1, PATTERN.matcher(file.path().toString()).replaceAll("[$0]"));
    this.result = statement.executeQuery();
    ResultSetMetaData columns = result.getMetaData();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      header.add(columns.getColumnLabel(i));
    }
  }

  static ParquetRows open(SourceFile file) {
    Properties settings = new Properties();
    settings.setProperty("threads", "1");
    settings.setProperty("memory_limit", "192MB");
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
    try {
      return new ParquetRows(file, DriverManager.getConnection("jdbc:duckdb:", settings));
    } catch (SQLException e) {
      throw unreadable(file, e);
    }
  }

  @Override
  public List<String> header() {
    return header;
  }

  @Override
  public Row next() {
    try {
      if (!result.next()) {
        return null;
      }
      String[] cells = new String[header.size()];
      for (int i = 0; i < cells.length; i++) {
        String cell = result.getString(i + 1);
        cells[i] = cell == null ? "" : cell;
      }
      return new Row(++row, cells);
    } catch (SQLException e) {
      throw unreadable(file, e);
    }
  }

  private static CannotRunException unreadable(SourceFile file, SQLException error) {
    return new CannotRunException(
        "%s is not a Parquet file that can be read: %s".formatted(file.path(), error.getMessage()),
        error);
  }

  @Override
  public void close() throws IOException {
    try {
      result.close();
      statement.close();
      connection.close();
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }
}

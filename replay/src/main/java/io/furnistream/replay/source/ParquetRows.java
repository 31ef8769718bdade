package io.furnistream.replay.source;

import io.furnistream.cli.WrongInputException;
import io.furnistream.stores.duckdb.DuckDb;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a Parquet file. Each value is read as its text, dates and times as ISO writes them.
 */
final class ParquetRows implements Rows {

  private static final String MEMORY = "192MB";

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
    statement.setString(1, DuckDb.literally(file.path()));
    this.result = statement.executeQuery();
    ResultSetMetaData columns = result.getMetaData();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      header.add(columns.getColumnLabel(i));
    }
  }

  static ParquetRows open(SourceFile file) {
    try {
      return new ParquetRows(file, DuckDb.open(1, MEMORY));
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

  private static WrongInputException unreadable(SourceFile file, SQLException error) {
    return new WrongInputException(
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

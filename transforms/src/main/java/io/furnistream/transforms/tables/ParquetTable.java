package io.furnistream.transforms.tables;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.duckdb.DuckDBDriver;

/** Parquet, whatever wrote it, read by DuckDB: every cell as text. */
final class ParquetTable implements TableReader {

  private static final String QUERY = "SELECT CAST(COLUMNS(*) AS VARCHAR) FROM read_parquet(?)";

  /** DuckDB's own memory, in addition to the heap, while it reads. */
  private static final String MEMORY = "SET memory_limit = '256MB'";

  private static final String THREADS = "SET threads = 1";

  @Override
  public void read(Path file, ReferenceTable table, Rows rows) throws IOException {
    // Not through DriverManager, which does not see drivers in a plugin's own folder.
    try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties())) {
      try (Statement settings = connection.createStatement()) {
        settings.execute(MEMORY);
        settings.execute(THREADS);
      }
      try (PreparedStatement query = connection.prepareStatement(QUERY)) {
        query.setString(1, file.toString());
        try (ResultSet found = query.executeQuery()) {
          List<String> names = names(found.getMetaData());
          table.requireColumns(names);
          for (long number = 1; found.next(); number++) {
            rows.add(number, row(names, found));
          }
        }
      }
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public String unit() {
    return "row";
  }

  private static List<String> names(ResultSetMetaData metadata) throws SQLException {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= metadata.getColumnCount(); i++) {
      names.add(metadata.getColumnLabel(i));
    }
    return names;
  }

  private static Map<String, String> row(List<String> names, ResultSet found) throws SQLException {
    Map<String, String> row = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String text = found.getString(i + 1);
      if (text != null && !text.isEmpty()) {
        row.put(names.get(i), text);
      }
    }
    return row;
  }
}

package io.furnistream.provision;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * DDL with names and values of ours. It takes no bind parameters: the server itself quotes them, so
 * no text of ours becomes SQL.
 */
public final class QuotedSql {

  private QuotedSql() {}

  /**
   * Executes the statements that a query returns.
   *
   * @param format a query for {@code format(…)}, whose parameters are bound: %I quotes a name, %L a
   *     value
   */
  public static void execute(Connection connection, String format, String... arguments)
      throws SQLException {
    List<String> quoted = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(format)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setString(i + 1, arguments[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          quoted.add(rows.getString(1));
        }
      }
    }
    try (Statement statement = connection.createStatement()) {
      for (String command : quoted) {
        statement.execute(command);
      }
    }
  }
}

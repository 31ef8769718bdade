package io.furnistream.provision;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Questions to PostgreSQL that have short answers. */
final class Query {

  private Query() {}

  /** Whether the first column of the first row is true; not when there is no row. */
  static boolean isTrue(Connection connection, String query, String... arguments)
      throws SQLException {
    List<String> answer = texts(connection, query, arguments);
    return !answer.isEmpty() && "t".equals(answer.get(0));
  }

  /** The first column of the first row; null when there is no row. */
  static String text(Connection connection, String query, String... arguments) throws SQLException {
    List<String> answer = texts(connection, query, arguments);
    return answer.isEmpty() ? null : answer.get(0);
  }

  /** The first column of every row. */
  static List<String> texts(Connection connection, String query, String... arguments)
      throws SQLException {
    List<String> texts = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setString(i + 1, arguments[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          texts.add(rows.getString(1));
        }
      }
    }
    return texts;
  }
}

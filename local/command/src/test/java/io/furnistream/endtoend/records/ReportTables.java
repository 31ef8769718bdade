package io.furnistream.endtoend.records;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** What the tables of daily_report in PostgreSQL hold. */
public final class ReportTables {

  private ReportTables() {}

  /** Every row of a table as text, in the order of the text. */
  public static List<String> rows(Connection connection, String table) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT t::text FROM daily_report.%s t ORDER BY 1".formatted(table))) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows;
  }

  /** The revenue of a day, zero of one without records. */
  public static BigDecimal revenue(Connection connection, LocalDate day) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT coalesce(sum(daily_rev), 0) FROM daily_report.daily_pu_rev"
                + " WHERE ts_date = ?")) {
      select.setObject(1, day);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getBigDecimal(1);
      }
    }
  }
}

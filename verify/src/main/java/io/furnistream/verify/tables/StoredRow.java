package io.furnistream.verify.tables;

import io.furnistream.schemas.TopicColumn;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/** A row as some store returns it. Values are null where the row has none. */
public interface StoredRow {

  /** The value of a column of days. */
  LocalDate date(String column);

  /** The value of a column of instants. */
  Instant instant(String column);

  /** The value of a column of whole numbers. */
  Long count(String column);

  /** The value of a column of decimals. */
  BigDecimal amount(String column);

  /** The value of a column of text, or of another column as text. */
  String text(String column);

  /**
   * The value of a column of whatever kind: String, Long, BigDecimal, LocalDate, Instant or null.
   */
  default Object value(TopicColumn column) {
    String name = column.name();
    return switch (column.kind()) {
      case TEXT -> text(name);
      case COUNT -> count(name);
      case AMOUNT, COORDINATE -> amount(name);
      case DATE -> date(name);
      case INSTANT -> instant(name);
    };
  }
}

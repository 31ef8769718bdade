package io.furnistream.verify.tables;

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
}

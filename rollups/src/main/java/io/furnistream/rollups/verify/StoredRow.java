package io.furnistream.rollups.verify;

import java.math.BigDecimal;
import java.time.LocalDate;

/** A row as some store returns it. Values are null where the row has none. */
interface StoredRow {

  LocalDate date(String column);

  Long count(String column);

  BigDecimal amount(String column);

  String text(String column);
}

package io.furnistream.verify.tables;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

/**
 * A row of no store.
 *
 * @param values by column; a column without one is null
 */
public record MapRow(Map<String, Object> values) implements StoredRow {

  @Override
  public LocalDate date(String column) {
    return (LocalDate) values.get(column);
  }

  @Override
  public Instant instant(String column) {
    return (Instant) values.get(column);
  }

  @Override
  public Long count(String column) {
    Number count = (Number) values.get(column);
    return count == null ? null : Long.valueOf(count.longValue());
  }

  @Override
  public BigDecimal amount(String column) {
    return (BigDecimal) values.get(column);
  }

  @Override
  public String text(String column) {
    return (String) values.get(column);
  }
}

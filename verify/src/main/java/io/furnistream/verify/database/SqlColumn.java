package io.furnistream.verify.database;

import io.furnistream.schemas.ColumnKind;
import io.furnistream.schemas.TopicColumn;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * A column of the catalogue as this database has it. Instants are milliseconds since
 * 1970-01-01T00:00:00Z, which hold every time that a store can; ids of sales are uuids.
 *
 * @param column the column
 */
public record SqlColumn(TopicColumn column) {

  private static final String ID = "ts_id";
  private static final int LAST_YEAR = 9999;

  /** Its name, as a statement names it: some names are words of SQL. */
  public String quoted() {
    return "\"" + column.name() + "\"";
  }

  /** Its definition in a CREATE TABLE. */
  public String definition() {
    return quoted() + " " + type();
  }

  /** Its type of SQL. */
  String type() {
    return switch (column.kind()) {
      case TEXT -> isId() ? "UUID" : "VARCHAR";
      case COUNT -> isInt() ? "INTEGER" : "BIGINT";
      case AMOUNT, COORDINATE -> {
        LogicalTypes.Decimal decimal = decimal();
        yield "DECIMAL(" + decimal.getPrecision() + "," + decimal.getScale() + ")";
      }
      case DATE -> "DATE";
      case INSTANT -> "BIGINT";
    };
  }

  /**
   * A value as the column takes it; empty when the column cannot hold it, which no value of the
   * contract is.
   *
   * @param value String, Integer, Long, BigDecimal, LocalDate or Instant
   */
  public Optional<Object> fit(Object value) {
    return switch (column.kind()) {
      case TEXT -> isId() ? id((String) value) : Optional.of(value);
      case COUNT -> count(((Number) value).longValue());
      case AMOUNT, COORDINATE -> decimal((BigDecimal) value);
      case DATE -> date((LocalDate) value);
      case INSTANT -> instant((Instant) value);
    };
  }

  private Optional<Object> count(long count) {
    if (!isInt()) {
      return Optional.of(count);
    }
    return count == (int) count ? Optional.of((int) count) : Optional.empty();
  }

  private Optional<Object> decimal(BigDecimal value) {
    LogicalTypes.Decimal decimal = decimal();
    BigDecimal exact = value.scale() == decimal.getScale() ? value : rescaled(value, decimal);
    return exact == null || exact.precision() > decimal.getPrecision()
        ? Optional.empty()
        : Optional.of(exact);
  }

  private static BigDecimal rescaled(BigDecimal value, LogicalTypes.Decimal decimal) {
    // Looked at first: 1E+999999999 would be written out otherwise.
    BigDecimal stripped = value.stripTrailingZeros();
    boolean fits =
        stripped.scale() <= decimal.getScale()
            && stripped.precision() - stripped.scale() <= decimal.getPrecision();
    return fits ? stripped.setScale(decimal.getScale()) : null;
  }

  private static Optional<Object> id(String text) {
    try {
      UUID id = UUID.fromString(text);
      return id.toString().equals(text) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Object> date(LocalDate day) {
    return day.getYear() >= 1 && day.getYear() <= LAST_YEAR ? Optional.of(day) : Optional.empty();
  }

  private static Optional<Object> instant(Instant time) {
    try {
      long millis = time.toEpochMilli();
      return Instant.ofEpochMilli(millis).equals(time) ? Optional.of(millis) : Optional.empty();
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  private boolean isId() {
    return column.name().equals(ID);
  }

  private boolean isInt() {
    return column.type().getType() == Schema.Type.INT && column.kind() == ColumnKind.COUNT;
  }

  private LogicalTypes.Decimal decimal() {
    return (LogicalTypes.Decimal) column.type().getLogicalType();
  }
}

package io.furnistream.verify.readings;

import com.datastax.oss.driver.api.core.cql.Row;
import io.furnistream.verify.tables.StoredRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/**
 * A row of Cassandra.
 *
 * @param row as the driver returns it
 */
record CassandraRow(Row row) implements StoredRow {

  @Override
  public LocalDate date(String column) {
    return row.getLocalDate(column);
  }

  @Override
  public Instant instant(String column) {
    return row.getInstant(column);
  }

  @Override
  public Long count(String column) {
    // An int of a contract is an int in Cassandra, and a long is a bigint.
    Number count = (Number) row.getObject(column);
    return count == null ? null : Long.valueOf(count.longValue());
  }

  @Override
  public BigDecimal amount(String column) {
    return row.getBigDecimal(column);
  }

  @Override
  public String text(String column) {
    Object text = row.getObject(column);
    return text == null ? null : text.toString();
  }
}

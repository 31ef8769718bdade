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
    return row.isNull(column) ? null : row.getLong(column);
  }

  @Override
  public BigDecimal amount(String column) {
    return row.getBigDecimal(column);
  }

  @Override
  public String text(String column) {
    return row.getString(column);
  }
}

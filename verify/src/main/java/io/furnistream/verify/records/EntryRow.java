package io.furnistream.verify.records;

import io.furnistream.schemas.RunLedger;
import io.furnistream.schemas.RunLedgerKey;
import io.furnistream.verify.tables.StoredRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.apache.avro.Schema;

/**
 * An entry of the ledger as the row that stores hold of it.
 *
 * @param key its key
 * @param entry its value
 */
record EntryRow(RunLedgerKey key, RunLedger entry) implements StoredRow {

  @Override
  public LocalDate date(String column) {
    return (LocalDate) get(column);
  }

  @Override
  public Instant instant(String column) {
    return (Instant) get(column);
  }

  @Override
  public Long count(String column) {
    return (Long) get(column);
  }

  @Override
  public BigDecimal amount(String column) {
    return (BigDecimal) get(column);
  }

  @Override
  public String text(String column) {
    return Objects.toString(get(column), null);
  }

  private Object get(String column) {
    Schema.Field inKey = key.getSchema().getField(column);
    return inKey == null
        ? entry.get(entry.getSchema().getField(column).pos())
        : key.get(inKey.pos());
  }
}

package io.furnistream.aggregates.testing;

import io.furnistream.schemas.ColumnKind;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.RecordId;
import io.furnistream.schemas.Topic;
import io.furnistream.schemas.TopicColumn;
import io.furnistream.verify.database.OpenDayRows;
import io.furnistream.verify.database.ProofDatabase;
import io.furnistream.verify.database.ProofRow;
import io.furnistream.verify.database.StagedTable;
import io.furnistream.verify.records.Enrichment;
import io.furnistream.verify.records.ExpectedTable;
import io.furnistream.verify.records.Landed;
import io.furnistream.verify.records.SalesLog;
import io.furnistream.verify.records.TokenTable;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.OpenDays;
import io.furnistream.verify.tables.TableLayout;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * What a topic that is kept by day must hold as verify works it out, which shares no code with the
 * aggregates.
 */
public final class VerifiedRows {

  private VerifiedRows() {}

  public static Map<SpecificRecord, SpecificRecord> over(
      Topic topic, Collection<DailyRecord> records) {
    TableLayout layout = TableLayout.of(topic);
    Map<SpecificRecord, SpecificRecord> rows = new HashMap<>();
    try (ProofDatabase database = emptyDatabase()) {
      write(records, new SalesLog(database));
      OpenDayRows noneOpen = new OpenDayRows(database, OpenDays.none());
      TokenTable noNames = new TokenTable(database, Optional.empty());
      new Landed(database, new Enrichment(database, noNames, Optional.empty()), noneOpen)
          .prepare(DayRange.ALL);
      database.forEachRow(
          "FROM " + ExpectedTable.of(layout),
          row ->
              rows.put(
                  record(topic.keySchema(), topic.table().key(), layout, row),
                  record(topic.valueSchema(), topic.table().values(), layout, row)));
    }
    return rows;
  }

  private static ProofDatabase emptyDatabase() {
    try {
      return ProofDatabase.temporary(Files.createTempDirectory("furnistream-test-"));
    } catch (IOException | SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(Collection<DailyRecord> records, SalesLog log) {
    long offset = 0;
    try (SalesLog.Writer writer = log.writer()) {
      for (DailyRecord sale : records) {
        RecordId id = RecordId.parse(sale.getTsId());
        DailyRecordKey key = new DailyRecordKey(sale.getTsDate(), id.bucket(), id.text());
        writer.put(0, offset, key, sale, Optional.empty());
        offset++;
      }
    }
  }

  private static SpecificRecord record(
      Schema schema, List<TopicColumn> columns, TableLayout layout, ProofRow row) {
    SpecificRecord record = newRecord(schema);
    for (TopicColumn column : columns) {
      boolean isDay = column.kind() == ColumnKind.DATE && column.name().equals(layout.dayColumn());
      put(record, column, isDay ? row.date(StagedTable.DAY) : row.value(column));
    }
    return record;
  }

  private static SpecificRecord newRecord(Schema schema) {
    return (SpecificRecord) SpecificData.get().newRecord(null, schema);
  }

  private static void put(SpecificRecord record, TopicColumn column, Object value) {
    record.put(record.getSchema().getField(column.name()).pos(), typed(column, value));
  }

  /** A value as the contract's class has it. */
  private static Object typed(TopicColumn column, Object value) {
    if (value instanceof BigDecimal amount) {
      return amount.setScale(((LogicalTypes.Decimal) column.type().getLogicalType()).getScale());
    }
    boolean isInt = column.type().getType() == Schema.Type.INT && value instanceof Long;
    return isInt ? Integer.valueOf(Math.toIntExact((Long) value)) : value;
  }
}

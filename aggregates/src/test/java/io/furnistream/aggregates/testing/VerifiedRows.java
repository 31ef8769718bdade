package io.furnistream.aggregates.testing;

import io.furnistream.schemas.ColumnKind;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.RecordId;
import io.furnistream.schemas.Topic;
import io.furnistream.schemas.TopicColumn;
import io.furnistream.schemas.TopicTable;
import io.furnistream.verify.records.RecordFold;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
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
    RecordFold fold = new RecordFold(DayRange.ALL);
    for (DailyRecord sale : records) {
      RecordId id = RecordId.parse(sale.getTsId());
      fold.put(new DailyRecordKey(sale.getTsDate(), id.bucket(), id.text()), sale);
    }
    fold.endPartition();
    Table expected =
        fold.reading().tables().stream()
            .filter(each -> each.name().equals(topic.topicName()))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        topic + " is in neither PlainLoop nor verify's ExpectedTable"));
    Map<SpecificRecord, SpecificRecord> rows = new HashMap<>();
    for (LocalDate day : expected.days()) {
      expected
          .rows(day)
          .forEach((key, values) -> rows.put(key(topic, day, key), row(topic, values)));
    }
    return rows;
  }

  private static SpecificRecord key(Topic topic, LocalDate day, List<String> texts) {
    TopicTable table = topic.table();
    SpecificRecord key = newRecord(topic.keySchema());
    Iterator<String> others = texts.iterator();
    for (TopicColumn column : table.key()) {
      boolean isDay =
          column.kind() == ColumnKind.DATE && table.day().filter(column::equals).isPresent();
      put(key, column, isDay ? day : parsed(column, others.next()));
    }
    return key;
  }

  private static SpecificRecord row(Topic topic, List<Object> values) {
    SpecificRecord row = newRecord(topic.valueSchema());
    Iterator<Object> each = values.iterator();
    for (TopicColumn column : topic.table().values()) {
      put(row, column, each.next());
    }
    return row;
  }

  private static SpecificRecord newRecord(Schema schema) {
    return (SpecificRecord) SpecificData.get().newRecord(null, schema);
  }

  private static void put(SpecificRecord record, TopicColumn column, Object value) {
    record.put(record.getSchema().getField(column.name()).pos(), typed(column, value));
  }

  /**
   * A value as the contract's class has it; verify compares times as milliseconds, days as text.
   */
  private static Object typed(TopicColumn column, Object value) {
    if (value instanceof Long number) {
      return switch (column.type().getType()) {
        case INT -> Integer.valueOf(Math.toIntExact(number));
        default -> column.kind() == ColumnKind.INSTANT ? Instant.ofEpochMilli(number) : number;
      };
    }
    return value instanceof String text ? parsed(column, text) : value;
  }

  private static Object parsed(TopicColumn column, String text) {
    return switch (column.kind()) {
      case TEXT -> text;
      case COUNT -> Long.valueOf(text);
      case AMOUNT, COORDINATE ->
          new BigDecimal(text)
              .setScale(((LogicalTypes.Decimal) column.type().getLogicalType()).getScale());
      case DATE -> LocalDate.parse(text);
      case INSTANT -> Instant.parse(text);
    };
  }
}

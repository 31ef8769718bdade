package io.furnistream.verify.tables;

import io.furnistream.schemas.ColumnKind;
import io.furnistream.schemas.TopicColumn;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;

/** A contract of no topic, with a required and a nullable field of every kind and whole number. */
public final class EveryKind {

  public static final LocalDate DATE = LocalDate.parse("2023-12-03");
  public static final Instant INSTANT = Instant.parse("2023-12-03T10:00:00.125Z");

  private static final Map<String, Schema> TYPES = new LinkedHashMap<>();
  private static final Map<String, Object> VALUES = new LinkedHashMap<>();

  static {
    add("a_text", Schema.create(Schema.Type.STRING), "Chair");
    add("a_short_count", Schema.create(Schema.Type.INT), 7);
    add("a_long_count", Schema.create(Schema.Type.LONG), 1L << 40);
    add("an_amount", decimal(4), new BigDecimal("1.5000"));
    add("a_coordinate", decimal(6), new BigDecimal("52.520000"));
    add("a_date", LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT)), DATE);
    add(
        "an_instant",
        LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG)),
        INSTANT);
  }

  private EveryKind() {}

  /** Each field, and then each again as one that may be null, under its name with a suffix. */
  public static List<TopicColumn> columns() {
    List<TopicColumn> columns = new ArrayList<>();
    TYPES.forEach((name, type) -> columns.add(new TopicColumn(name, type, false)));
    TYPES.forEach((name, type) -> columns.add(new TopicColumn(name + "_or_null", type, true)));
    Set<ColumnKind> kinds = EnumSet.noneOf(ColumnKind.class);
    columns.forEach(column -> kinds.add(column.kind()));
    if (!kinds.equals(EnumSet.allOf(ColumnKind.class))) {
      throw new IllegalStateException("Only these kinds have a column here: " + kinds);
    }
    return columns;
  }

  /** The values of the columns, as Java holds those of a record: the nullable ones are null. */
  public static List<Object> values() {
    List<Object> values = new ArrayList<>(VALUES.values());
    values.addAll(Collections.nCopies(VALUES.size(), null));
    return values;
  }

  /** A record of this contract with these values. */
  public static IndexedRecord sale() {
    SchemaBuilder.FieldAssembler<Schema> fields = SchemaBuilder.record("EveryKind").fields();
    for (TopicColumn column : columns()) {
      Schema type =
          column.nullable()
              ? Schema.createUnion(Schema.create(Schema.Type.NULL), column.type())
              : column.type();
      fields = fields.name(column.name()).type(type).noDefault();
    }
    IndexedRecord sale = new GenericData.Record(fields.endRecord());
    for (int position = 0; position < values().size(); position++) {
      sale.put(position, values().get(position));
    }
    return sale;
  }

  /** A row of a store with these values. */
  public static StoredRow row() {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int position = 0; position < values().size(); position++) {
      row.put(columns().get(position).name(), values().get(position));
    }
    return new MapRow(row);
  }

  private static void add(String name, Schema type, Object value) {
    TYPES.put(name, type);
    VALUES.put(name, value);
  }

  private static Schema decimal(int scale) {
    return LogicalTypes.decimal(18, scale).addToSchema(Schema.create(Schema.Type.BYTES));
  }
}

package io.furnistream.transforms;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.cache.Cache;
import org.apache.kafka.common.cache.LRUCache;
import org.apache.kafka.common.cache.SynchronizedCache;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.transforms.Transformation;
import org.apache.kafka.connect.transforms.util.Requirements;
import org.apache.kafka.connect.transforms.util.SchemaUtil;

/**
 * Adds the year, month, day and weekday of a date or time field, as they are in one time zone.
 *
 * <p>The new fields are int32: year (proleptic ISO year), month 1 to 12, day 1 to 31 and weekday 1
 * (Monday) to 7 (Sunday), and optional when the input field is. A record that is null passes
 * unchanged; a field that is null gives four nulls.
 *
 * @param <R> source or sink record
 */
public abstract class DateParts<R extends ConnectRecord<R>>
    implements Transformation<R>, Versioned {

  /** What the transform does, for generated documentation. */
  public static final String OVERVIEW_DOC =
      "Add the year, month, day and weekday (1 Monday to 7 Sunday) of a date or time field, as they"
          + " are in a stated time zone.<p/>Use the concrete transformation type designed for the"
          + " record key (<code>"
          + Key.class.getName()
          + "</code>) or value (<code>"
          + Value.class.getName()
          + "</code>).";

  /** The properties it takes. */
  public static final ConfigDef CONFIG_DEF = DatePartsConfig.CONFIG_DEF;

  private static final String PURPOSE = "taking a date apart";
  private static final int CACHED_SCHEMAS = 16;
  private static final List<String> PARTS = List.of("year", "month", "day", "weekday");

  private String inputField;
  private CalendarDay calendar;
  private List<String> outputFields;
  private Cache<Schema, Schema> updatedSchemas;

  @Override
  public String version() {
    String version = DateParts.class.getPackage().getImplementationVersion();
    return version == null ? "undefined" : version;
  }

  @Override
  public void configure(Map<String, ?> properties) {
    DatePartsConfig config = new DatePartsConfig(properties);
    inputField = config.field();
    calendar = new CalendarDay(config.zone());
    outputFields = PARTS.stream().map(part -> config.prefix() + part).toList();
    updatedSchemas = new SynchronizedCache<>(new LRUCache<>(CACHED_SCHEMAS));
  }

  @Override
  public R apply(R record) {
    if (operatingValue(record) == null) {
      return record;
    }
    return operatingSchema(record) == null ? applySchemaless(record) : applyWithSchema(record);
  }

  private R applyWithSchema(R record) {
    Struct value = Requirements.requireStruct(operatingValue(record), PURPOSE);
    Schema updatedSchema = updatedSchemas.get(value.schema());
    if (updatedSchema == null) {
      updatedSchema = makeUpdatedSchema(value.schema());
      updatedSchemas.put(value.schema(), updatedSchema);
    }

    Struct updated = new Struct(updatedSchema);
    for (Field field : value.schema().fields()) {
      updated.put(field.name(), value.getWithoutDefault(field.name()));
    }
    Schema inputSchema = value.schema().field(inputField).schema();
    Object input = value.getWithoutDefault(inputField);
    if (input != null) {
      String type = describe(inputSchema);
      int[] parts = parts(() -> calendar.of(inputSchema, input), type);
      for (int i = 0; i < parts.length; i++) {
        updated.put(outputFields.get(i), parts[i]);
      }
    }
    return newRecord(record, updatedSchema, updated);
  }

  private R applySchemaless(R record) {
    Map<String, Object> value = Requirements.requireMap(operatingValue(record), PURPOSE);
    if (!value.containsKey(inputField)) {
      throw new DataException("Field '" + inputField + "' is missing: found " + value.keySet());
    }
    Map<String, Object> updated = new HashMap<>(value);
    Object input = value.get(inputField);
    int[] parts =
        input == null ? null : parts(() -> calendar.of(input), input.getClass().getName());
    for (int i = 0; i < outputFields.size(); i++) {
      requireAbsent(outputFields.get(i), value.containsKey(outputFields.get(i)));
      updated.put(outputFields.get(i), parts == null ? null : parts[i]);
    }
    return newRecord(record, null, updated);
  }

  private Schema makeUpdatedSchema(Schema schema) {
    Field input = schema.field(inputField);
    if (input == null) {
      throw new DataException(
          "Field '"
              + inputField
              + "' is missing: found "
              + schema.fields().stream().map(Field::name).toList());
    }
    if (!CalendarDay.reads(input.schema())) {
      throw wrongType(describe(input.schema()));
    }
    SchemaBuilder builder = SchemaUtil.copySchemaBasics(schema, SchemaBuilder.struct());
    if (schema.isOptional()) {
      builder.optional();
    }
    for (Field field : schema.fields()) {
      builder.field(field.name(), field.schema());
    }
    for (String output : outputFields) {
      requireAbsent(output, schema.field(output) != null);
      builder.field(
          output, input.schema().isOptional() ? Schema.OPTIONAL_INT32_SCHEMA : Schema.INT32_SCHEMA);
    }
    return builder.build();
  }

  private int[] parts(Supplier<LocalDate> toDay, String type) {
    LocalDate day;
    try {
      day = toDay.get();
    } catch (DateTimeParseException e) {
      throw new DataException(
          "Field '" + inputField + "' of type " + type + " is no ISO 8601 date or time", e);
    }
    if (day == null) {
      throw wrongType(type);
    }
    return new int[] {
      day.getYear(), day.getMonthValue(), day.getDayOfMonth(), day.getDayOfWeek().getValue()
    };
  }

  private DataException wrongType(String type) {
    return new DataException(
        "Field '"
            + inputField
            + "' is of type "
            + type
            + ": a timestamp, a date, an int64 of epoch milliseconds or ISO 8601 text is needed");
  }

  private static void requireAbsent(String output, boolean present) {
    if (present) {
      throw new DataException(
          "Field '" + output + "' exists already: choose another " + DatePartsConfig.PREFIX);
    }
  }

  private static String describe(Schema schema) {
    return schema.name() == null
        ? schema.type().getName()
        : schema.name() + " (" + schema.type().getName() + ")";
  }

  @Override
  public ConfigDef config() {
    return CONFIG_DEF;
  }

  @Override
  public void close() {
    updatedSchemas = null;
  }

  /** Schema of the part of the record that is worked on; null when it has none. */
  protected abstract Schema operatingSchema(R record);

  /** The part of the record that is worked on. */
  protected abstract Object operatingValue(R record);

  /** The record with that part replaced. */
  protected abstract R newRecord(R record, Schema updatedSchema, Object updatedValue);

  /**
   * Works on the record's key.
   *
   * @param <R> source or sink record
   */
  public static final class Key<R extends ConnectRecord<R>> extends DateParts<R> {

    @Override
    protected Schema operatingSchema(R record) {
      return record.keySchema();
    }

    @Override
    protected Object operatingValue(R record) {
      return record.key();
    }

    @Override
    protected R newRecord(R record, Schema updatedSchema, Object updatedValue) {
      return record.newRecord(
          record.topic(),
          record.kafkaPartition(),
          updatedSchema,
          updatedValue,
          record.valueSchema(),
          record.value(),
          record.timestamp());
    }
  }

  /**
   * Works on the record's value.
   *
   * @param <R> source or sink record
   */
  public static final class Value<R extends ConnectRecord<R>> extends DateParts<R> {

    @Override
    protected Schema operatingSchema(R record) {
      return record.valueSchema();
    }

    @Override
    protected Object operatingValue(R record) {
      return record.value();
    }

    @Override
    protected R newRecord(R record, Schema updatedSchema, Object updatedValue) {
      return record.newRecord(
          record.topic(),
          record.kafkaPartition(),
          record.keySchema(),
          record.key(),
          updatedSchema,
          updatedValue,
          record.timestamp());
    }
  }
}

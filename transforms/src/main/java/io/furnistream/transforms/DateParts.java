package io.furnistream.transforms;

import io.furnistream.transforms.dates.CalendarDay;
import io.furnistream.transforms.dates.DateTimeText;
import io.furnistream.transforms.fields.FieldTransform;
import io.furnistream.transforms.fields.Input;
import io.furnistream.transforms.fields.RecordPart;
import io.furnistream.transforms.fields.Writing;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;

/**
 * Adds the year, month, day and weekday of a date or time field, as they are in one time zone.
 *
 * <p>The new fields are int32: year (proleptic ISO year), month 1 to 12, day 1 to 31 and weekday 1
 * (Monday) to 7 (Sunday), and optional when the input field is. A record that is null passes
 * unchanged; a field that is null gives four nulls.
 *
 * @param <R> source or sink record
 */
public abstract class DateParts<R extends ConnectRecord<R>> extends FieldTransform<R> {

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

  private static final List<String> PARTS = List.of("year", "month", "day", "weekday");
  private static final String ACCEPTED =
      "a timestamp, a date, an int64 since 1970 or " + DateTimeText.ACCEPTED;
  private static final int FIRST_YEAR = 1;
  private static final int LAST_YEAR = 9999;

  private CalendarDay calendar;

  private DateParts(RecordPart part) {
    super(part);
  }

  @Override
  public void configure(Map<String, ?> properties) {
    DatePartsConfig config = new DatePartsConfig(properties);
    calendar = new CalendarDay(config.zone(), config.precision());
    use(
        List.of(config.field()),
        PARTS.stream().map(part -> config.prefix().withSuffix(part)).toList(),
        Writing.ADDS,
        DatePartsConfig.PREFIX);
  }

  @Override
  protected List<Schema> schemas(List<Input> inputs) {
    Input input = inputs.get(0);
    if (!CalendarDay.reads(input.schema())) {
      throw input.wrongType(null, ACCEPTED);
    }
    return Collections.nCopies(
        PARTS.size(), input.optional() ? Schema.OPTIONAL_INT32_SCHEMA : Schema.INT32_SCHEMA);
  }

  @Override
  protected Object[] values(List<Input> inputs, Object[] values) {
    if (values[0] == null) {
      return new Object[PARTS.size()];
    }
    LocalDate day = day(inputs.get(0), values[0]);
    return new Object[] {
      day.getYear(), day.getMonthValue(), day.getDayOfMonth(), day.getDayOfWeek().getValue()
    };
  }

  private LocalDate day(Input input, Object value) {
    LocalDate day;
    try {
      day = input.schema() == null ? calendar.of(value) : calendar.of(input.schema(), value);
    } catch (DateTimeParseException e) {
      // Without the text: it may be anything.
      throw new DataException(
          "Field '%s' of type %s is not a date or time that is read: %s is needed"
              .formatted(input.path(), input.type(value), DateTimeText.ACCEPTED),
          e);
    } catch (DateTimeException e) {
      throw implausible(input, value, e.getMessage());
    }
    if (day == null) {
      throw input.wrongType(value, ACCEPTED);
    }
    if (day.getYear() < FIRST_YEAR || day.getYear() > LAST_YEAR) {
      throw implausible(
          input,
          value,
          "it is %s, outside of the years %d to %d. Was another unit written into it?"
              .formatted(day, FIRST_YEAR, LAST_YEAR));
    }
    return day;
  }

  private static DataException implausible(Input input, Object value, String why) {
    return new DataException(
        "Field '%s' of type %s is not a plausible time: %s"
            .formatted(input.path(), input.type(value), why));
  }

  @Override
  public ConfigDef config() {
    return CONFIG_DEF;
  }

  /**
   * Works on the record's key.
   *
   * @param <R> source or sink record
   */
  public static final class Key<R extends ConnectRecord<R>> extends DateParts<R> {

    /** Made by Connect. */
    public Key() {
      super(RecordPart.KEY);
    }
  }

  /**
   * Works on the record's value.
   *
   * @param <R> source or sink record
   */
  public static final class Value<R extends ConnectRecord<R>> extends DateParts<R> {

    /** Made by Connect. */
    public Value() {
      super(RecordPart.VALUE);
    }
  }
}

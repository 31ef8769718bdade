package io.furnistream.connectors.cassandra;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;

/**
 * Where the content of one column comes from.
 *
 * @param column the column's name
 * @param side which part of the record
 * @param field the field in that part, or the header's name; null for all of the key or the value
 */
public record ColumnSource(String column, Side side, String field) {

  /** A part of a record. */
  public enum Side {
    /** The key. */
    KEY,
    /** The value. */
    VALUE,
    /** The headers: the last of a name counts. */
    HEADER,
    /** Where Kafka holds the record, whatever topic a transform has given it. */
    POSITION
  }

  /** What a mapping may be made of, for messages. */
  static final String ACCEPTED =
      "column=value.field, column=key.field, column=header.name or"
          + " column=record.topic|topic_id|partition|offset|timestamp|date";

  private static final Pattern ENTRY =
      Pattern.compile(
          "\\s*(?<column>\\w+)\\s*=\\s*(?:(?<part>key|value)(?:\\.(?<field>[^\\s.=]+))?"
              + "|header\\.(?<header>[^\\s=]+)"
              + "|record\\.(?<position>topic|topic_id|partition|offset|timestamp|date))\\s*");

  /**
   * Where {@code *} looks for the content of a column, in this order: the first that the record has
   * is taken, even if it is null.
   *
   * @param primaryKey whether the column is part of the table's primary key
   */
  public static List<ColumnSource> byName(String column, boolean primaryKey) {
    ColumnSource key = new ColumnSource(column, Side.KEY, column);
    ColumnSource value = new ColumnSource(column, Side.VALUE, column);
    // A tombstone has nothing but its key: what names a row must come from there first, or a
    // tombstone might miss the row that its record created.
    return primaryKey ? List.of(key, value) : List.of(value, key);
  }

  /** Reads one entry of a mapping. */
  static ColumnSource parse(String property, String entry) {
    Matcher matcher = ENTRY.matcher(entry);
    if (!matcher.matches()) {
      throw new ConfigException(
          property, entry, "must be " + ACCEPTED + ", or * for every column of the table");
    }
    String column = matcher.group("column");
    if (matcher.group("header") != null) {
      return new ColumnSource(column, Side.HEADER, matcher.group("header"));
    }
    if (matcher.group("position") != null) {
      return new ColumnSource(column, Side.POSITION, matcher.group("position"));
    }
    Side side = matcher.group("part").equals("key") ? Side.KEY : Side.VALUE;
    return new ColumnSource(column, side, matcher.group("field"));
  }
}

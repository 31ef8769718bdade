package io.furnistream.connectors.cassandra;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;

/**
 * Where the content of one column comes from.
 *
 * @param column the column's name
 * @param side which part of the record
 * @param field the field in that part; null for the whole part
 */
public record ColumnSource(String column, Side side, String field) {

  /** A part of a record. */
  public enum Side {
    /** The key. */
    KEY,
    /** The value. */
    VALUE
  }

  private static final Pattern ENTRY =
      Pattern.compile("\\s*(\\w+)\\s*=\\s*(key|value)(?:\\.([^\\s.=]+))?\\s*");

  /** Reads {@code column=value.field}, {@code column=key.field}, or either without a field. */
  static ColumnSource parse(String property, String entry) {
    Matcher matcher = ENTRY.matcher(entry);
    if (!matcher.matches()) {
      throw new ConfigException(
          property,
          entry,
          "must be column=value.field or column=key.field, or * for every column of the table");
    }
    Side side = matcher.group(2).equals("key") ? Side.KEY : Side.VALUE;
    return new ColumnSource(matcher.group(1), side, matcher.group(3));
  }
}

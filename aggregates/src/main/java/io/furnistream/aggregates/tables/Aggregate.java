package io.furnistream.aggregates.tables;

import io.furnistream.schemas.Topic;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * One aggregated topic: what it groups records by, what it adds up and counts, and how its row is
 * built. The stages do the rest.
 */
public interface Aggregate {

  /** The topic that the rows go to. */
  Topic topic();

  /**
   * Names the aggregate in the state stores and internal topics, 0 to 255. It is part of the stored
   * form and is never given to another aggregate.
   */
  int code();

  /** Whether a record counts here at all. */
  default boolean covers(Sale sale) {
    return true;
  }

  /**
   * The day of a record's group, in days since 1970-01-01: the sale's own, except where the key is
   * a moment.
   */
  default int day(Sale sale) {
    return sale.day();
  }

  /** Writes what the key holds besides the day. */
  void writeKey(Sale sale, ByteWriter key);

  /** What is added up besides the records, in this order. */
  List<Measure> measures();

  /** What is counted distinctly, in this order. */
  List<Member> members();

  /**
   * Texts that describe the key, such as the city at some coordinates; none for most aggregates.
   * Where records disagree, the first in the order of Unicode code points counts, compared text by
   * text.
   */
  default List<String> label(Sale sale) {
    return List.of();
  }

  /**
   * The key of the row.
   *
   * @param day days since 1970-01-01
   * @param key what {@link #writeKey} wrote
   */
  SpecificRecord key(int day, ByteReader key);

  /** The value of the row of a key that has records. */
  SpecificRecord row(Totals totals);
}

package io.furnistream.aggregates;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;

/**
 * The aggregates of one topology, and the keys by which they group.
 *
 * <p>A group key is one byte of {@link Aggregate#code()}, four bytes of day, then what the
 * aggregate writes. It does not depend on a schema's id, and no group key is the beginning of
 * another.
 */
final class AggregateSet implements Iterable<Aggregate> {

  /** Every aggregate of the platform. */
  static final AggregateSet ALL =
      new AggregateSet(
          List.of(
              new DailyPuRevAggregate(),
              new DailyCategoryProductAggregate(),
              new DailyAddressAggregate()));

  /** How many leading bytes of a group key name the aggregate and the day. */
  static final int DAY_PREFIX = 1 + Integer.BYTES;

  private final Map<Integer, Aggregate> byCode = new LinkedHashMap<>();

  AggregateSet(List<Aggregate> aggregates) {
    for (Aggregate aggregate : aggregates) {
      Aggregate twin = byCode.put(aggregate.code(), aggregate);
      if (twin != null) {
        throw new IllegalArgumentException(
            "%s and %s have the same code".formatted(twin.topic(), aggregate.topic()));
      }
    }
  }

  @Override
  public Iterator<Aggregate> iterator() {
    return byCode.values().iterator();
  }

  /** The group of an aggregate that a sale counts in; null when it does not count there. */
  static byte[] groupKey(Aggregate aggregate, Sale sale) {
    if (sale == null || !aggregate.covers(sale)) {
      return null;
    }
    ByteWriter key = new ByteWriter().octet(aggregate.code()).orderedInt(sale.day());
    aggregate.writeKey(sale, key);
    return key.toByteArray();
  }

  /** The aggregate that a group key belongs to. */
  Aggregate of(byte[] groupKey) {
    int code = Byte.toUnsignedInt(groupKey[0]);
    Aggregate aggregate = byCode.get(code);
    if (aggregate == null) {
      throw new IllegalStateException(
          "The state holds aggregate %d, which this program does not know: reset the application, so that it builds its state again from daily_records"
              .formatted(code));
    }
    return aggregate;
  }

  /** The row key of a group. */
  RowKey rowKey(byte[] groupKey) {
    Aggregate aggregate = of(groupKey);
    ByteReader reader = new ByteReader(groupKey);
    reader.octet();
    int day = reader.orderedInt();
    return new RowKey(aggregate.topic(), Bytes.wrap(groupKey), aggregate.key(day, reader));
  }
}

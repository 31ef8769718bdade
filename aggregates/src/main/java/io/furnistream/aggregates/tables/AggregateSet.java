package io.furnistream.aggregates.tables;

import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The aggregates of one topology, and the keys by which they group.
 *
 * <p>A group key is one byte of {@link Aggregate#code()}, four bytes of day, then what the
 * aggregate writes. It does not depend on a schema's id, and no group key is the beginning of
 * another.
 */
public final class AggregateSet implements Iterable<Aggregate> {

  /** Every aggregate of the platform. */
  public static final AggregateSet ALL =
      new AggregateSet(
          List.of(
              new DailyPuRevAggregate(),
              new DailyCategoryProductAggregate(),
              new DailyAddressAggregate(),
              new DailyPlatformProductAggregate(),
              new SalesByMinuteAggregate(),
              new DailyStateAggregate(),
              new DailyCustomerAggregate(),
              new LiveKpisAggregate()));

  private static final int CODES = 256;

  private final List<Aggregate> aggregates;
  private final Aggregate[] byCode = new Aggregate[CODES];
  private final Map<Member, List<Aggregate>> counting = new EnumMap<>(Member.class);

  /**
   * A set in which each code occurs once.
   *
   * @throws IllegalArgumentException when two aggregates have the same code
   */
  public AggregateSet(List<Aggregate> aggregates) {
    this.aggregates = List.copyOf(aggregates);
    for (Aggregate aggregate : aggregates) {
      Aggregate other = byCode[aggregate.code()];
      if (other != null) {
        throw new IllegalArgumentException(
            "%s and %s have the same code".formatted(other.topic(), aggregate.topic()));
      }
      byCode[aggregate.code()] = aggregate;
    }
    for (Member member : Member.values()) {
      counting.put(
          member, aggregates.stream().filter(each -> each.members().contains(member)).toList());
    }
  }

  @Override
  public Iterator<Aggregate> iterator() {
    return aggregates.iterator();
  }

  /** The aggregates, in the order in which they were given. */
  public Stream<Aggregate> stream() {
    return aggregates.stream();
  }

  /** The aggregates that count a kind of member. */
  public List<Aggregate> counting(Member member) {
    return counting.get(member);
  }

  /**
   * Whether a record's sums travel with its one member, so that the group has sums and count in one
   * go: it saves a group that few records share from being read and written twice.
   */
  public static boolean sumsGoWithMember(Aggregate aggregate) {
    return aggregate.members().size() == 1;
  }

  /** The group of an aggregate that a sale counts in. */
  public static byte[] groupKey(Aggregate aggregate, Sale sale) {
    ByteWriter key = new ByteWriter().octet(aggregate.code()).orderedInt(aggregate.day(sale));
    aggregate.writeKey(sale, key);
    return key.toByteArray();
  }

  /** As {@link #groupKey(Aggregate, Sale)}, without the four bytes of day. */
  public static byte[] groupKeyWithoutDay(Aggregate aggregate, Sale sale) {
    ByteWriter key = new ByteWriter().octet(aggregate.code());
    aggregate.writeKey(sale, key);
    return key.toByteArray();
  }

  /** The group key of a day and of what {@link #groupKeyWithoutDay} made. */
  public static byte[] groupKey(int day, byte[] withoutDay) {
    ByteReader reader = new ByteReader(withoutDay);
    return new ByteWriter().octet(reader.octet()).orderedInt(day).raw(reader.rest()).toByteArray();
  }

  /** The aggregate that a group key belongs to, with its day or without. */
  public Aggregate of(byte[] groupKey) {
    int code = Byte.toUnsignedInt(groupKey[0]);
    if (byCode[code] == null) {
      throw new IllegalStateException(
          "The state holds aggregate %d, which this program does not know: it was written by another program under the same application id"
              .formatted(code));
    }
    return byCode[code];
  }

  /**
   * The row key of a group.
   *
   * @param keys writes it
   */
  public RowKey rowKey(byte[] groupKey, Serializer<? super SpecificRecord> keys) {
    Aggregate aggregate = of(groupKey);
    ByteReader reader = new ByteReader(groupKey);
    reader.octet();
    int day = reader.orderedInt();
    return RowKey.of(aggregate.topic(), groupKey, aggregate.key(day, reader), keys);
  }
}

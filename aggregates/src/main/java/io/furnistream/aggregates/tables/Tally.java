package io.furnistream.aggregates.tables;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;

/**
 * A difference of one group's numbers: records, the aggregate's measures, the distinct members that
 * it counts, in this order; and by how many records each label has more or less.
 */
public final class Tally {

  private final Sums sums;
  // A map of its own only where there are labels: most aggregates have none.
  private Map<Bytes, Long> labels = Map.of();
  private int labelBytes;

  private Tally(Sums sums) {
    this.sums = sums;
  }

  /** A tally of nothing. */
  public static Tally of(Aggregate aggregate) {
    return new Tally(sumsOf(aggregate));
  }

  /** As many zeros as an aggregate has numbers. */
  public static Sums sumsOf(Aggregate aggregate) {
    return Sums.ofSize(size(aggregate));
  }

  private static int size(Aggregate aggregate) {
    return 1 + aggregate.measures().size() + aggregate.members().size();
  }

  /** The sums of one record, without its members. */
  public static Tally of(Aggregate aggregate, Sale sale) {
    Tally tally = of(aggregate);
    List<Measure> measures = aggregate.measures();
    tally.sums.add(0, 1);
    for (int index = 0; index < measures.size(); index++) {
      tally.sums.add(1 + index, measures.get(index).of(sale));
    }
    byte[] label = Labels.encode(aggregate.label(sale));
    if (label != null) {
      tally.addLabel(Bytes.wrap(label), 1L);
    }
    return tally;
  }

  /** The numbers, to be read and added to. */
  public Sums sums() {
    return sums;
  }

  /** Records of each label. */
  public Map<Bytes, Long> labels() {
    return Collections.unmodifiableMap(labels);
  }

  /** How long the labels are, together. */
  public int labelBytes() {
    return labelBytes;
  }

  /** Adds to one number. */
  public void add(int index, long amount) {
    sums.add(index, amount);
  }

  /**
   * Adds another tally, or takes it back.
   *
   * @param sign 1 or -1
   */
  public void add(Tally difference, int sign) {
    if (sign < 0) {
      sums.subtract(difference.sums);
    } else {
      sums.add(difference.sums);
    }
    difference.labels.forEach((label, records) -> addLabel(label, sign * records));
  }

  private void addLabel(Bytes label, long records) {
    if (labels.isEmpty()) {
      labels = new HashMap<>(2);
    }
    Long before = labels.get(label);
    long after = (before == null ? 0 : before) + records;
    if (after == 0) {
      labels.remove(label);
    } else {
      labels.put(label, after);
    }
    labelBytes += ((after == 0 ? 0 : 1) - (before == null ? 0 : 1)) * label.get().length;
  }

  /** Whether it changes nothing. */
  public boolean isZero() {
    return labels.isEmpty() && sums.areZero();
  }

  /** Writes the stored form. */
  public void write(ByteWriter writer) {
    sums.write(writer);
    writer.number(labels.size());
    labels.forEach((label, records) -> writer.block(label.get()).number(records));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalStateException when it is not a tally of this aggregate
   */
  public static Tally read(ByteReader reader, Aggregate aggregate) {
    Tally tally = new Tally(Sums.read(reader));
    if (tally.sums.size() != size(aggregate)) {
      throw new IllegalStateException(
          "A tally of %d numbers is not one of %s"
              .formatted(tally.sums.size(), aggregate.topic().topicName()));
    }
    for (long left = reader.number(); left > 0; left--) {
      tally.addLabel(Bytes.wrap(reader.block()), reader.number());
    }
    return tally;
  }
}

package io.furnistream.aggregates;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;

/**
 * The numbers of one group, or a difference of them: records, the aggregate's measures, the
 * distinct members that it counts, in this order; and how many records have each label.
 */
final class Tally {

  private final long[] numbers;
  // A map of its own only where there are labels: most aggregates have none.
  private Map<Bytes, Long> labels = Map.of();

  private Tally(long[] numbers) {
    this.numbers = numbers;
  }

  /** A tally of nothing. */
  static Tally of(Aggregate aggregate) {
    return new Tally(new long[1 + aggregate.measures().size() + aggregate.members().size()]);
  }

  /** What one record comes to, its members left out. */
  static Tally of(Aggregate aggregate, Sale sale) {
    Tally tally = of(aggregate);
    List<Measure> measures = aggregate.measures();
    tally.numbers[0] = 1;
    for (int index = 0; index < measures.size(); index++) {
      tally.numbers[1 + index] = measures.get(index).of(sale);
    }
    byte[] label = Labels.encode(aggregate.label(sale));
    if (label != null) {
      tally.addLabel(Bytes.wrap(label), 1L);
    }
    return tally;
  }

  long number(int index) {
    return numbers[index];
  }

  /**
   * Adds to one number.
   *
   * @throws ArithmeticException when the sum does not fit 64 bits. Money then exceeds nine times
   *     what a column can hold, so the failure comes before a wrong row does.
   */
  void add(int index, long amount) {
    numbers[index] = Math.addExact(numbers[index], amount);
  }

  /**
   * Adds another tally.
   *
   * @param times how often; -1 takes it back
   */
  void add(Tally difference, long times) {
    for (int index = 0; index < numbers.length; index++) {
      add(index, Math.multiplyExact(times, difference.numbers[index]));
    }
    difference.labels.forEach((label, records) -> addLabel(label, times * records));
  }

  private void addLabel(Bytes label, long records) {
    if (labels.isEmpty()) {
      labels = new HashMap<>(2);
    }
    long after = labels.getOrDefault(label, 0L) + records;
    if (after == 0) {
      labels.remove(label);
    } else {
      labels.put(label, after);
    }
  }

  /** The label that comes first; null when there is none. */
  byte[] firstLabel() {
    byte[] first = null;
    for (Bytes label : labels.keySet()) {
      first = Labels.first(first, label.get());
    }
    return first;
  }

  boolean isNothing() {
    for (long number : numbers) {
      if (number != 0) {
        return false;
      }
    }
    return labels.isEmpty();
  }

  void write(ByteWriter writer) {
    writer.octet(numbers.length);
    for (long number : numbers) {
      writer.number(number);
    }
    writer.number(labels.size());
    labels.forEach((label, records) -> writer.block(label.get()).number(records));
  }

  static Tally read(ByteReader reader) {
    long[] numbers = new long[reader.octet()];
    Arrays.setAll(numbers, index -> reader.number());
    Tally tally = new Tally(numbers);
    for (long left = reader.number(); left > 0; left--) {
      tally.addLabel(Bytes.wrap(reader.block()), reader.number());
    }
    return tally;
  }
}

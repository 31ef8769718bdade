package io.furnistream.aggregates;

import java.util.Arrays;

/**
 * What one partition adds to a group: either sums (records first, then the aggregate's measures)
 * with the label that comes first among the partition's records, or the numbers of distinct members
 * that this partition is responsible for.
 */
final class Part {

  private final long[] numbers;
  private byte[] label;

  /** A part that adds nothing. */
  Part(int size) {
    this(new long[size], null);
  }

  private Part(long[] numbers, byte[] label) {
    this.numbers = numbers;
    this.label = label;
  }

  long number(int index) {
    return numbers[index];
  }

  int size() {
    return numbers.length;
  }

  /** The label in the form of {@link Labels}; null when there is none. */
  byte[] label() {
    return label;
  }

  void setLabel(byte[] label) {
    this.label = label;
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

  /** Whether this part adds nothing. */
  boolean isEmpty() {
    for (long number : numbers) {
      if (number != 0) {
        return false;
      }
    }
    return label == null;
  }

  byte[] encode() {
    ByteWriter writer = new ByteWriter().octet(numbers.length);
    for (long number : numbers) {
      writer.number(number);
    }
    if (label != null) {
      writer.raw(label);
    }
    return writer.toByteArray();
  }

  static Part decode(byte[] bytes) {
    ByteReader reader = new ByteReader(bytes);
    long[] numbers = new long[reader.octet()];
    Arrays.setAll(numbers, index -> reader.number());
    return new Part(numbers, reader.hasRemaining() ? reader.rest() : null);
  }
}

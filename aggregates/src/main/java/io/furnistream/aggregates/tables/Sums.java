package io.furnistream.aggregates.tables;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * Whole numbers of 128 bits, added up side by side. 10<sup>20</sup> amounts of the largest that a
 * record may hold have room in each, so no addition is checked.
 */
public final class Sums {

  private static final int WORDS = 2;

  // Of each number the low 64 bits, then the high ones with its sign.
  private final long[] words;

  private Sums(int size) {
    this.words = new long[WORDS * size];
  }

  /** As many zeros. */
  static Sums ofSize(int size) {
    return new Sums(size);
  }

  int size() {
    return words.length / WORDS;
  }

  void add(int index, long amount) {
    add(WORDS * index, amount, amount >> (Long.SIZE - 1));
  }

  /** Adds another's numbers, each to the one in its place. */
  public void add(Sums others) {
    for (int at = 0; at < words.length; at += WORDS) {
      add(at, others.words[at], others.words[at + 1]);
    }
  }

  /** Takes another's numbers away, each from the one in its place. */
  void subtract(Sums others) {
    for (int at = 0; at < words.length; at += WORDS) {
      long borrow = Long.compareUnsigned(words[at], others.words[at]) < 0 ? 1 : 0;
      words[at] -= others.words[at];
      words[at + 1] -= others.words[at + 1] + borrow;
    }
  }

  private void add(int at, long low, long high) {
    words[at] += low;
    long carry = Long.compareUnsigned(words[at], low) < 0 ? 1 : 0;
    words[at + 1] += high + carry;
  }

  /** Whether every number is 0. */
  public boolean areZero() {
    for (long word : words) {
      if (word != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * A number that counts records, members or pieces.
   *
   * @throws ArithmeticException when it has more than 64 bits
   */
  long count(int index) {
    if (!isNarrow(index)) {
      throw new ArithmeticException(number(index) + " is not a count: it has more than 64 bits");
    }
    return words[WORDS * index];
  }

  /** A number of any size. */
  BigInteger number(int index) {
    long low = words[WORDS * index];
    return isNarrow(index)
        ? BigInteger.valueOf(low)
        : new BigInteger(
            ByteBuffer.allocate(WORDS * Long.BYTES)
                .putLong(words[WORDS * index + 1])
                .putLong(low)
                .array());
  }

  private boolean isNarrow(int index) {
    return words[WORDS * index + 1] == words[WORDS * index] >> (Long.SIZE - 1);
  }

  /** Writes the stored form: how many numbers, then each. */
  public void write(ByteWriter writer) {
    writer.octet(size());
    for (int at = 0; at < words.length; at += WORDS) {
      writer.number(words[at], words[at + 1]);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static Sums read(ByteReader reader) {
    Sums sums = new Sums(reader.octet());
    for (int at = 0; at < sums.words.length; at += WORDS) {
      reader.number(sums.words, at);
    }
    return sums;
  }
}

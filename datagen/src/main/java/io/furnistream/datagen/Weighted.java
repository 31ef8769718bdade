package io.furnistream.datagen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Values to draw from, some more often than others. Weights are whole numbers, so that a draw is
 * the same on every machine.
 *
 * @param <T> what is drawn
 */
final class Weighted<T> {

  private final List<T> values;
  private final int[] upTo;

  private Weighted(List<T> values, int[] upTo) {
    this.values = values;
    this.upTo = upTo;
  }

  /** Starts a set of values. */
  static <T> Builder<T> builder() {
    return new Builder<>();
  }

  /** Draws one value, taking one number from {@code random}. */
  T draw(Random random) {
    int point = random.nextInt(upTo[upTo.length - 1]);
    int found = Arrays.binarySearch(upTo, point);
    // upTo[i] is the first point behind value i: an exact hit belongs to the next value.
    return values.get(found >= 0 ? found + 1 : -found - 1);
  }

  /** Collects values in the order in which they are added. */
  static final class Builder<T> {
    private final List<T> values = new ArrayList<>();
    private final List<Integer> upTo = new ArrayList<>();
    private int total;

    private Builder() {}

    /**
     * Adds a value.
     *
     * @param weight 0 (never drawn) or more
     * @throws ArithmeticException when the weights add up to more than an int
     */
    Builder<T> add(T value, int weight) {
      if (weight < 0) {
        throw new IllegalArgumentException("A weight is 0 or more, not " + weight);
      }
      if (weight > 0) {
        total = Math.addExact(total, weight);
        values.add(value);
        upTo.add(total);
      }
      return this;
    }

    /**
     * The finished set.
     *
     * @throws IllegalStateException when nothing in it can be drawn
     */
    Weighted<T> build() {
      if (values.isEmpty()) {
        throw new IllegalStateException("Nothing to draw from: every weight is 0");
      }
      return new Weighted<>(
          List.copyOf(values), upTo.stream().mapToInt(Integer::intValue).toArray());
    }
  }
}

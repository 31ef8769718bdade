package io.furnistream.datagen.demand;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Values to draw from, some more often than others. Sums of weights are added up in the order of
 * the values, and Java's arithmetic is exact about rounding, so that a draw is the same on every
 * machine.
 *
 * @param <T> what is drawn
 */
public final class Weighted<T> {

  private final List<T> values;
  private final double[] upTo;

  private Weighted(List<T> values, double[] upTo) {
    this.values = values;
    this.upTo = upTo;
  }

  /** Starts a set of values. */
  public static <T> Builder<T> builder() {
    return new Builder<>();
  }

  /** Draws one value, taking one number from {@code draws}. */
  public T draw(Draws draws) {
    return at(draws.fraction());
  }

  /** The value at a fraction of all weights, 0 included to 1 excluded. */
  public T at(double fraction) {
    int found = Arrays.binarySearch(upTo, fraction * upTo[upTo.length - 1]);
    // upTo[i] is the first point behind value i: an exact hit belongs to the next value. The last
    // value also has what rounding may put behind it.
    return values.get(Math.min(found >= 0 ? found + 1 : -found - 1, upTo.length - 1));
  }

  /** Collects values in the order in which they are added. */
  public static final class Builder<T> {
    private final List<T> values = new ArrayList<>();
    private double[] upTo = new double[16];
    private double total;

    private Builder() {}

    /**
     * Adds a value.
     *
     * @param weight 0 (never drawn) or more
     */
    public Builder<T> add(T value, double weight) {
      if (!(weight >= 0) || Double.isInfinite(weight)) {
        throw new IllegalArgumentException("A weight is 0 or more, not " + weight);
      }
      if (weight > 0) {
        if (values.size() == upTo.length) {
          upTo = Arrays.copyOf(upTo, 2 * upTo.length);
        }
        total += weight;
        upTo[values.size()] = total;
        values.add(value);
      }
      return this;
    }

    /** The sum of all weights. */
    double total() {
      return total;
    }

    /** Whether nothing in it can be drawn. */
    boolean isEmpty() {
      return values.isEmpty();
    }

    /**
     * The finished set.
     *
     * @throws IllegalStateException when nothing in it can be drawn
     */
    public Weighted<T> build() {
      if (isEmpty()) {
        throw new IllegalStateException("Nothing to draw from: every weight is 0");
      }
      return new Weighted<>(List.copyOf(values), Arrays.copyOf(upTo, values.size()));
    }
  }
}

package io.furnistream.datagen.demand;

/**
 * A stream of random numbers that is the same everywhere: SplitMix64, of which any number can be
 * told without those before it. Not thread-safe.
 */
public final class Draws {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  /** The stream of a seed. */
  public Draws(long seed) {
    this.state = seed;
  }

  /** The number at a place of a seed's stream, all 64 bits of it. */
  public static long at(long seed, long place) {
    long mixed = seed + place * GOLDEN;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /** A number of 64 bits as a fraction, 0 included to 1 excluded. */
  public static double fraction(long number) {
    return (number >>> 11) * 0x1.0p-53;
  }

  /** A fraction, 0 included to 1 excluded. */
  public double fraction() {
    long number = at(state, 1);
    state += GOLDEN;
    return fraction(number);
  }

  /** A whole number from 0 included to {@code bound} excluded; the bound is 1 or more. */
  public int below(int bound) {
    return (int) (fraction() * bound);
  }
}

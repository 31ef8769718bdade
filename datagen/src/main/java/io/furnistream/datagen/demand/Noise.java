package io.furnistream.datagen.demand;

import io.furnistream.datagen.store.Demand;
import java.time.LocalDate;
import java.util.Random;

/**
 * What no calendar explains. A day's value is a moving average, with weights that fall
 * geometrically, of white noise of that day and the days before: neighbours are alike, and yet each
 * day can be told without any other having been generated.
 */
final class Noise {

  /** Days that a day remembers. */
  static final int DAYS = 14;

  private final double strength;
  private final double[] weights = new double[DAYS];
  private final long seed;

  Noise(Demand.Noise noise, long seed) {
    this.strength = noise.strength();
    this.seed = seed;
    double squares = 0;
    double weight = 1;
    for (int i = 0; i < DAYS; i++) {
      weights[i] = weight;
      squares += weight * weight;
      weight *= noise.memory();
    }
    for (int i = 0; i < DAYS; i++) {
      weights[i] /= StrictMath.sqrt(squares);
    }
  }

  /** Demand on a day, times the usual; 1 on average over many days. */
  double on(LocalDate day) {
    if (strength == 0) {
      return 1;
    }
    double sum = 0;
    for (int i = 0; i < DAYS; i++) {
      sum += weights[i] * white(day.toEpochDay() - i);
    }
    return StrictMath.exp(strength * sum - strength * strength / 2);
  }

  // Random's contract fixes how a Gaussian is made, with StrictMath.
  private double white(long epochDay) {
    return new Random(Draws.at(seed, epochDay)).nextGaussian();
  }
}

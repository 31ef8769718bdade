package io.furnistream.benchmarks;

import java.util.List;
import java.util.Locale;

/** Smallest, median and largest of some measurements. */
public record Summary(double min, double median, double max) {

  /** Of at least one measurement. */
  public static Summary of(List<Double> measured) {
    List<Double> sorted = measured.stream().sorted().toList();
    int half = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    return new Summary(sorted.get(0), median, sorted.get(sorted.size() - 1));
  }

  /** As "median (min to max)", with a pattern such as "%,.0f" for each. */
  public String text(String pattern) {
    return String.format(
        Locale.ROOT, pattern + " (" + pattern + " to " + pattern + ")", median, min, max);
  }
}

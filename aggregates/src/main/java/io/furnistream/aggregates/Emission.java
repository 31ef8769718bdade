package io.furnistream.aggregates;

import java.time.Duration;

/**
 * When a stage sends on what changed: a day's millionth record must not be its millionth update.
 *
 * @param every how often at most, by the wall clock
 * @param bound how many changed groups a partition gathers before it sends them at once
 */
record Emission(Duration every, int bound) {

  /** A figure passes three stages, so it is in its topic about two seconds after its record. */
  static final Emission DEFAULT = new Emission(Duration.ofMillis(500), 10_000);
}

package io.furnistream.cli;

import java.time.Duration;

/**
 * Pauses between tries, each twice as long as the one before, up to a longest. Kafka's class for
 * this is internal to its clients since 4.4. Not thread-safe.
 */
public final class Backoff {

  private final Duration first;
  private final Duration longest;
  private Duration next;

  /** Begins with the first pause. */
  public Backoff(Duration first, Duration longest) {
    this.first = first;
    this.longest = longest;
    this.next = first;
  }

  /** The next pause. */
  public Duration next() {
    Duration pause = next;
    Duration doubled = pause.multipliedBy(2);
    next = doubled.compareTo(longest) < 0 ? doubled : longest;
    return pause;
  }

  /** Begins again with the first pause. */
  public void reset() {
    next = first;
  }
}

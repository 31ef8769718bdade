package io.furnistream.datagen.live;

import io.furnistream.cli.StopSignal;
import io.furnistream.datagen.sales.LiveSales;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Sends orders when they come in. While too much is on its way to Kafka, time stands still: what
 * comes in then waits here, and not in the producer, which would send it all at once.
 */
final class ClockPace implements Pace {

  private static final Duration LONGEST_WAIT = Duration.ofMillis(100);
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(1);

  private final LiveClock clock;
  private final LiveSender sender;
  private final StopSignal stop;

  ClockPace(LiveClock clock, LiveSender sender, StopSignal stop) {
    this.clock = clock;
    this.sender = sender;
    this.stop = stop;
  }

  @Override
  public boolean await(Instant due, long most) {
    while (!stop.isRequested()) {
      if (!sender.hasRoom(most)) {
        clock.hold();
      } else if (clock.advance().isBefore(due)) {
        Duration left = Duration.between(clock.position(), due);
        stop.await(left.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : left.plus(SHORTEST_WAIT));
      } else {
        return true;
      }
    }
    return false;
  }

  @Override
  public Instant reached() {
    return clock.position().truncatedTo(ChronoUnit.MILLIS).plusMillis(1);
  }

  @Override
  public Duration statedEvery() {
    return LiveSales.MINUTE;
  }

  @Override
  public void hold() {
    clock.hold();
  }

  /** How far it is behind now. */
  Duration behind() {
    return clock.behind();
  }
}

package io.furnistream.datagen.live;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.StopSignal;
import java.time.Duration;
import java.time.Instant;

/** When the orders of a live run are sent. */
interface Pace {

  /**
   * Waits until an order comes in.
   *
   * @param due when it does
   * @param most records that may be on their way to Kafka
   * @return false when the run was asked to stop
   */
  boolean await(Instant due, long most);

  /** The end of what has come in when the run was asked to stop; all before it was sent. */
  Instant reached();

  /** How often the ledger is told. */
  Duration statedEvery();

  /** Lets the time pass in which the run waited for Kafka. */
  void hold();

  /** As fast as Kafka takes it: what came in before now. */
  static Pace atOnce(StopSignal stop) {
    return new Pace() {
      @Override
      public boolean await(Instant due, long most) {
        if (stop.isRequested()) {
          throw new CannotRunException(
              "Stopped while it made up for what came in until now. Start it again: it goes on.");
        }
        return true;
      }

      @Override
      public Instant reached() {
        return Instant.MAX;
      }

      @Override
      public Duration statedEvery() {
        return Duration.ofHours(1);
      }

      @Override
      public void hold() {
        // It follows no clock.
      }
    };
  }
}

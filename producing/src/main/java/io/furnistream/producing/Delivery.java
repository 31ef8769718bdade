package io.furnistream.producing;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts those of some records, such as one day's, that are on their way to Kafka. A {@link
 * Publisher} says what became of them. Sent by one thread, ended by another.
 */
public final class Delivery {

  private final AtomicLong open = new AtomicLong();

  void sent() {
    open.incrementAndGet();
  }

  /** One of them was acknowledged, or has failed. */
  void ended() {
    if (open.decrementAndGet() == 0) {
      synchronized (this) {
        notifyAll();
      }
    }
  }

  /** Whether all that was sent so far is acknowledged or has failed. */
  boolean isEnded() {
    return open.get() == 0;
  }

  /**
   * Waits until all that was sent is acknowledged or has failed.
   *
   * @return false when it is not by then
   */
  synchronized boolean awaitEnd(long millis) throws InterruptedException {
    long start = System.nanoTime();
    long left = millis;
    while (!isEnded() && left > 0) {
      wait(left);
      left = millis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
    return isEnded();
  }
}

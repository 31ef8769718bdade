package io.furnistream.producing;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Counts what became of some records, such as those of one day, that a {@link Publisher} was given.
 * Sent by one thread, acknowledged by another: each has a counter of its own, since two processors
 * that write to the same one wait for each other.
 */
public final class Delivery implements Callback {

  private final AtomicReference<Exception> firstFailure;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong ended = new AtomicLong();

  /**
   * No record yet.
   *
   * @param firstFailure of all records of the publisher
   */
  Delivery(AtomicReference<Exception> firstFailure) {
    this.firstFailure = firstFailure;
  }

  /** That so many more are about to be sent. */
  void sending(int records) {
    sent.addAndGet(records);
  }

  @Override
  public void onCompletion(RecordMetadata metadata, Exception error) {
    if (error != null) {
      firstFailure.compareAndSet(null, error);
    }
    if (ended.incrementAndGet() == sent.get()) {
      synchronized (this) {
        notifyAll();
      }
    }
  }

  /** How many records are neither acknowledged nor have failed. */
  long waiting() {
    return sent.get() - ended.get();
  }

  /** Whether all that was sent so far is acknowledged or has failed. */
  boolean isEnded() {
    return ended.get() == sent.get();
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

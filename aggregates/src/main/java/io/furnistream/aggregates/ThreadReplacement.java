package io.furnistream.aggregates;

import io.furnistream.cli.Backoff;
import io.furnistream.cli.CannotRunException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a stream thread that died, any number of times, but not immediately: each consecutive
 * death doubles the wait, up to {@link #LONGEST_WAIT}. A thread dies when Kafka or the registry
 * fails for longer than a client retries; its transaction is aborted and nothing is lost. After an
 * {@link Error}, or when its topics were altered, the process ends instead, so that its supervisor
 * starts a new one or finds out why none can run.
 */
final class ThreadReplacement implements StreamsUncaughtExceptionHandler {

  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  /** After this long without a death, the next one counts as the first again. */
  static final Duration CALM = Duration.ofMinutes(2);

  private static final Logger LOG = LoggerFactory.getLogger(ThreadReplacement.class);

  private final CountDownLatch stopping;
  private final LongSupplier nanoTime;
  private final Check topics;
  private final AtomicInteger waiting = new AtomicInteger();
  private final Backoff waits = new Backoff(FIRST_WAIT, LONGEST_WAIT);
  private long lastDeath;

  /** Whether a new thread could continue. */
  @FunctionalInterface
  interface Check {

    /**
     * Looks.
     *
     * @throws CannotRunException when it could not
     */
    void run() throws InterruptedException;
  }

  /**
   * A handler that stops waiting when the process stops.
   *
   * @param stopping counted down when the process is to stop
   * @param nanoTime a clock like {@link System#nanoTime}
   * @param topics looks at the topics before a thread is replaced
   */
  ThreadReplacement(CountDownLatch stopping, LongSupplier nanoTime, Check topics) {
    this.stopping = stopping;
    this.nanoTime = nanoTime;
    this.topics = topics;
    this.lastDeath = nanoTime.getAsLong();
  }

  /** Whether a dead thread waits to be replaced. */
  boolean isWaiting() {
    return waiting.get() > 0;
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable exception) {
    if (isError(exception)) {
      LOG.error("A new thread would fail the same way; stopping", exception);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    Duration wait = takeWait();
    LOG.error("A stream thread died; a new one takes over in {}", wait, exception);
    waiting.incrementAndGet();
    try {
      if (stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
      }
      topics.run();
    } catch (CannotRunException e) {
      LOG.error("No new thread can continue; stopping: {}", e.getMessage());
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    } finally {
      waiting.decrementAndGet();
    }
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  /** How long to wait after a death that happens now. */
  synchronized Duration takeWait() {
    long now = nanoTime.getAsLong();
    if (now - lastDeath > CALM.toNanos()) {
      waits.reset();
    }
    lastDeath = now;
    return waits.next();
  }

  private static boolean isError(Throwable exception) {
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (cause instanceof Error) {
        return true;
      }
    }
    return false;
  }
}

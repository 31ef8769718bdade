package io.furnistream.datagen.pipeline;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Threads that work ahead of the one that takes their results. Work is begun in the order of the
 * calls of {@link #start}, and lanes must be emptied in the same order: the oldest then always has
 * a thread, while those of the others wait in full lanes.
 */
public final class OrderedWorkers implements AutoCloseable {

  private static final Duration END_WITHIN = Duration.ofSeconds(10);

  /** More than one thread can keep up with that takes their results. */
  private static final int MOST_THREADS = 16;

  private final ExecutorService threads;

  /**
   * Starts the threads, which do not keep a process alive.
   *
   * @param name of the threads, before their number
   * @param number 1 or more
   */
  public OrderedWorkers(String name, int number) {
    AtomicInteger count = new AtomicInteger();
    this.threads =
        Executors.newFixedThreadPool(
            number,
            work -> {
              Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Starts a thread for each processor, as far as it pays. */
  public static OrderedWorkers onEveryProcessor(String name) {
    return new OrderedWorkers(
        name, Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS));
  }

  /** Work that hands on what it makes. */
  public interface Work<T> {

    /** Does it; what it throws is thrown to the one who empties the lane. */
    void run(Consumer<T> results);
  }

  /**
   * Has work done as soon as a thread is free.
   *
   * @return where its results arrive
   */
  public <T> Lane<T> start(Work<T> work) {
    Lane<T> lane = new Lane<>();
    threads.execute(() -> lane.fill(work));
    return lane;
  }

  /** Ends all work, finished or not; no result of it can be taken any more. */
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(END_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("Threads have not ended within " + END_WITHIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

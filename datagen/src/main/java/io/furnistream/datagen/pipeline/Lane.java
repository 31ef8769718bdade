package io.furnistream.datagen.pipeline;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;

/** Where the results of one piece of work arrive, a few of them at a time. */
public final class Lane<T> {

  private static final int MOST_WAITING = 4;

  private final BlockingQueue<Item<T>> items = new ArrayBlockingQueue<>(MOST_WAITING);

  Lane() {}

  /**
   * Waits for the next result; to be called by one thread.
   *
   * @return null when there are no more, after which it may not be called again
   * @throws InterruptedException when the caller is interrupted
   */
  public T take() throws InterruptedException {
    Item<T> item = items.take();
    if (item.failure() instanceof Error error) {
      throw error;
    }
    if (item.failure() instanceof RuntimeException failure) {
      throw failure;
    }
    return item.result();
  }

  void fill(OrderedWorkers.Work<T> work) {
    try {
      work.run(result -> put(new Item<>(result, null)));
      put(new Item<>(null, null));
    } catch (CancellationException e) {
      // The workers were closed: no result is taken from this lane any more.
    } catch (RuntimeException | Error e) {
      // Whatever it is belongs to the one who waits for results.
      put(new Item<>(null, e));
    }
  }

  private void put(Item<T> item) {
    try {
      items.put(item);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("The workers were closed");
    }
  }

  /** A result, the end (neither), or why there is none. */
  private record Item<T>(T result, Throwable failure) {}
}

package io.furnistream.datagen.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Collects results and hands them on together. */
public final class Batches<T> {

  /** So many that threads seldom wait for one another, and so few that memory does not matter. */
  private static final int TOGETHER = 500;

  private final Consumer<List<T>> results;
  private List<T> batch = new ArrayList<>(TOGETHER);

  /**
   * No result yet.
   *
   * @param results is handed each batch, and may keep it
   */
  public Batches(Consumer<List<T>> results) {
    this.results = results;
  }

  /** Adds a result. */
  public void add(T result) {
    batch.add(result);
    if (batch.size() == TOGETHER) {
      handOn();
    }
  }

  /** Hands on what was added since the last batch. */
  public void handOn() {
    results.accept(batch);
    batch = new ArrayList<>(TOGETHER);
  }
}

package io.furnistream.datagen.sales;

import java.util.function.Consumer;

/**
 * A part of a day that can be generated on its own, by any thread: its records do not depend on
 * other parts having been generated.
 */
public interface Chunk {

  /** The number of its first record in the day, from 1. */
  int firstRecord();

  /** How many records it has. */
  int records();

  /** Generates its records, in order. */
  void generate(Consumer<GeneratedRecord> sink);
}

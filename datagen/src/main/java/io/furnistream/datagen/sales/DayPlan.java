package io.furnistream.datagen.sales;

import io.furnistream.datagen.pipeline.OrderedWorkers;
import java.time.LocalDate;
import java.util.List;

/**
 * What a day holds, told before its records are made.
 *
 * @param sold lines that are sold
 * @param returned lines that come back
 * @param chunks all its records in parts, in order; any thread may generate any of them
 */
public record DayPlan(LocalDate day, int sold, int returned, List<Chunk> chunks) {

  /** How many records it has. */
  public int records() {
    return sold + returned;
  }

  /** Its chunks as work for threads. */
  public List<OrderedWorkers.Work<GeneratedRecord>> work() {
    return chunks.stream()
        .<OrderedWorkers.Work<GeneratedRecord>>map(chunk -> chunk::generate)
        .toList();
  }
}

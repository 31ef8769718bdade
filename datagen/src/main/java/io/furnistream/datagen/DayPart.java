package io.furnistream.datagen;

import io.furnistream.datagen.pipeline.OrderedWorkers;
import io.furnistream.datagen.sales.GeneratedRecord;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A part of a day that is still to be generated.
 *
 * @param day in the store's zone
 * @param first whether the day begins with it
 * @param last whether the day ends with it
 */
record DayPart(
    LocalDate day, OrderedWorkers.Work<GeneratedRecord> chunk, boolean first, boolean last) {

  private static final OrderedWorkers.Work<GeneratedRecord> NOTHING = sink -> {};

  /** The parts of a day, in order: one at least, as a day without records is told of, too. */
  static Stream<DayPart> of(LocalDate day, List<OrderedWorkers.Work<GeneratedRecord>> chunks) {
    List<OrderedWorkers.Work<GeneratedRecord>> parts = chunks.isEmpty() ? List.of(NOTHING) : chunks;
    return IntStream.range(0, parts.size())
        .mapToObj(i -> new DayPart(day, parts.get(i), i == 0, i == parts.size() - 1));
  }
}

package io.furnistream.preview;

import java.util.List;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * What a chain does to one record.
 *
 * @param before as it was read
 * @param steps one for each transform that the record came to
 * @param after what the connector gets; null when it gets none
 * @param tables where it goes; empty when it gets none
 */
record Preview(SinkRecord before, List<Step> steps, SinkRecord after, List<TableFit> tables) {

  /** Whether the connector gets the record, with everything that it needs. */
  boolean lands() {
    return after != null && tables.stream().allMatch(TableFit::fits);
  }

  /** Whether a transform took the record out on purpose. */
  boolean dropped() {
    return !steps.isEmpty() && last().outcome() == Step.Outcome.DROPPED;
  }

  /** The step that refused the record, which neither lands nor was dropped. */
  Step failed() {
    return last();
  }

  private Step last() {
    return steps.get(steps.size() - 1);
  }
}

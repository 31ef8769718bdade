package io.furnistream.schemas;

import java.util.List;

/**
 * The consumer group of the aggregates, which shows others how far they are, and without which they
 * rebuild their state.
 */
public final class AggregatesGroup {

  /** Application id of the aggregates: the name of their group. */
  public static final String ID = "furnistream-aggregates-" + Topic.AGGREGATED_FORM;

  /**
   * The topics through which the stages pass on what they make of a record. Those of a list are
   * written by stages that read {@code daily_records} and the lists before it.
   */
  public static final List<List<String>> INTERNAL_TOPICS =
      List.of(
          List.of(internal("members"), internal("sums"), internal("latest")),
          List.of(internal("counts")));

  private AggregatesGroup() {}

  private static String internal(String name) {
    return ID + "-" + name + "-repartition";
  }
}

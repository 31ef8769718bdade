package io.furnistream.schemas;

/**
 * The consumer group of the aggregates, by which others see how far they are, and without which
 * they build their state again.
 */
public final class AggregatesGroup {

  /** Application id of the aggregates: the name of their group. */
  public static final String ID = "furnistream-aggregates-" + Topic.AGGREGATED_FORM;

  private AggregatesGroup() {}
}

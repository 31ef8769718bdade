package io.furnistream.schemas;

/**
 * The consumer group of the aggregates, which shows others how far they are, and without which they
 * rebuild their state.
 */
public final class AggregatesGroup {

  /** Application id of the aggregates: the name of their group. */
  public static final String ID = "furnistream-aggregates-" + Topic.AGGREGATED_FORM;

  private AggregatesGroup() {}
}

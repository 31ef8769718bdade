package io.furnistream.schemas;

/**
 * The consumer group of the aggregates, by which others see how far they are, and without which
 * they build their state again.
 */
public final class AggregatesGroup {

  /**
   * The form of all that the aggregates store. Raised with every change of a stored form, of the
   * stages, of the set of aggregates or of the rules by which records are screened: the state is
   * then built again.
   */
  public static final int FORM = 5;

  /** Application id of the aggregates: the name of their group. */
  public static final String ID = "furnistream-aggregates-" + FORM;

  private AggregatesGroup() {}
}

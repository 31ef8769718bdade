package io.furnistream.datagen.demand;

import java.util.List;
import java.util.Map;

/**
 * What is bought on a day: first a shelf (the products of a sub-category) is drawn, by region and,
 * for the further lines of an order, by the sub-category of the first line; then a product on it.
 * All tables are made once a day.
 */
public final class Assortment {

  private final List<Weighted<Weighted<Offer>>> first;
  private final List<Map<String, Weighted<Weighted<Offer>>>> further;

  /**
   * The tables of a day.
   *
   * @param first by region, for the first line of an order
   * @param further by region and the first line's sub-category; where none is there, the further
   *     lines are as the first
   */
  Assortment(
      List<Weighted<Weighted<Offer>>> first, List<Map<String, Weighted<Weighted<Offer>>>> further) {
    this.first = List.copyOf(first);
    this.further = List.copyOf(further);
  }

  /** Draws what the first line of an order is of. */
  public Offer first(int region, Draws draws) {
    return first.get(region).draw(draws).draw(draws);
  }

  /** Draws what a further line of an order is of. */
  public Offer further(int region, Offer firstLine, Draws draws) {
    Weighted<Weighted<Offer>> table = further.get(region).get(firstLine.product().subCategory());
    return (table == null ? first.get(region) : table).draw(draws).draw(draws);
  }
}

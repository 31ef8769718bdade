package io.furnistream.datagen.store;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What the store sells.
 *
 * @param price list price of one piece, scale 4, in the store's currency, before any change
 * @param unitCost what one piece costs the store, scale 4, in the store's currency
 * @param weight how often it is bought, against the other products; 1 or more
 * @param launched the first day it is sold; null for always
 * @param ended the first day it is no longer sold; null for never
 */
public record Product(
    String id,
    String name,
    String category,
    String subCategory,
    BigDecimal price,
    BigDecimal unitCost,
    int weight,
    LocalDate launched,
    LocalDate ended) {

  /** Whether it can be bought on a day of the store. */
  public boolean isSoldOn(LocalDate day) {
    return (launched == null || !day.isBefore(launched)) && (ended == null || day.isBefore(ended));
  }
}

package io.furnistream.datagen.demand;

import io.furnistream.datagen.store.Product;
import java.math.BigDecimal;

/**
 * A product as it is sold on a day.
 *
 * @param price list price of one piece on that day, scale 4, in the store's currency
 * @param leastDiscount the fraction off the price that every line has at least, scale 4
 */
public record Offer(Product product, BigDecimal price, BigDecimal leastDiscount) {}

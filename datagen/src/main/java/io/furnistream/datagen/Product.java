package io.furnistream.datagen;

import java.math.BigDecimal;

/**
 * What the store sells.
 *
 * @param price list price of one piece, scale 4, in the store's currency
 * @param unitCost what one piece costs the store, scale 4, in the store's currency
 * @param weight how often it is bought, against the other products; 1 or more
 */
record Product(
    String id,
    String name,
    String category,
    String subCategory,
    BigDecimal price,
    BigDecimal unitCost,
    int weight) {}

package io.furnistream.rollup.totals;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * The totals of a product: a row of {@code daily_category_product}.
 *
 * @param quantity in pieces
 * @param revenue in the store's currency
 * @param profit in the store's currency; a record that states none adds nothing
 */
public record ProductTotals(
    LocalDate day,
    String category,
    String subCategory,
    String productName,
    long quantity,
    BigDecimal revenue,
    BigDecimal profit) {}

package io.furnistream.rollups.close;

import io.furnistream.schemas.IdChecksum;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What a day came to: the row of {@code daily_pu_rev}, and the checksum of its ids.
 *
 * @param customers distinct
 * @param orders distinct
 * @param quantity in pieces
 * @param revenue in the store's currency
 * @param profit in the store's currency; a record that states none adds nothing
 */
record DayTotals(
    LocalDate day,
    long records,
    long customers,
    long orders,
    long quantity,
    BigDecimal revenue,
    BigDecimal profit,
    IdChecksum idChecksum) {}

package io.furnistream.rollup.totals;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * Who bought from a point on the map: a row of {@code daily_address}.
 *
 * @param latitude decimal degrees (WGS 84), north positive
 * @param longitude decimal degrees (WGS 84), east positive
 * @param customers distinct
 */
public record PlaceTotals(
    LocalDate day,
    BigDecimal latitude,
    BigDecimal longitude,
    String city,
    String state,
    String country,
    long customers) {}

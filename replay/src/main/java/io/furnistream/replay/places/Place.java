package io.furnistream.replay.places;

import java.math.BigDecimal;

/**
 * A city.
 *
 * @param country its country's English name
 * @param state the full name of its state or region
 * @param city its name
 * @param latitude in decimal degrees (WGS 84), north positive, six decimals
 * @param longitude in decimal degrees (WGS 84), east positive, six decimals
 */
public record Place(
    String country, String state, String city, BigDecimal latitude, BigDecimal longitude) {}

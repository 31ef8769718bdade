package io.furnistream.datagen.store;

import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;

/**
 * A store as its file defines it.
 *
 * @param name lower-case letters and digits; part of the names of its datasets
 * @param source what `--store` was given to get it: a name, or a file's name without its folder
 * @param currency of every amount
 * @param zone its days are calendar days in this zone
 * @param products its catalogue, in the order of the file
 * @param cities where its customers live, in the order of the file
 * @param hours for each platform that sells 24 weights: how many orders come in each hour of the
 *     local clock, against all other hours and platforms
 * @param demand how people shop
 * @param fingerprint eight hexadecimal digits that change with the zone and anything the file
 *     defines
 */
public record Store(
    String name,
    String source,
    Currency currency,
    ZoneId zone,
    List<Product> products,
    List<City> cities,
    Map<Platform, List<Integer>> hours,
    Demand demand,
    String fingerprint) {}

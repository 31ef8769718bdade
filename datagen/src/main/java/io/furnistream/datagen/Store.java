package io.furnistream.datagen;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * A store as its files define it.
 *
 * @param name lower-case letters and digits; part of the names of its datasets
 * @param zone its days are calendar days in this zone
 * @param products its catalogue, in the order of the file
 * @param cities where its customers live, in the order of the file
 * @param hourWeights for each platform 24 weights: how many orders come in each hour of the local
 *     clock, against all other hours and platforms
 * @param fingerprint eight hexadecimal digits that change with the zone and anything the files
 *     define
 */
record Store(
    String name,
    ZoneId zone,
    List<Product> products,
    List<City> cities,
    Map<Platform, List<Integer>> hourWeights,
    String fingerprint) {}

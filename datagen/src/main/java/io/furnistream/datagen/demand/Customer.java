package io.furnistream.datagen.demand;

import io.furnistream.datagen.store.City;

/**
 * Somebody who buys.
 *
 * @param id unique within a store and seed; other stores and seeds have another tag in it
 * @param region number of the region whose taste is theirs
 */
public record Customer(String id, String name, String segment, City city, int region) {}

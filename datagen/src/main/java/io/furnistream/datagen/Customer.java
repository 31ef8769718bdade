package io.furnistream.datagen;

/**
 * Somebody who buys.
 *
 * @param id unique within a store and seed; other stores and seeds have another tag in it
 */
record Customer(String id, String name, String segment, City city) {}

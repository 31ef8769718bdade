package io.furnistream.datagen.demand;

/**
 * All that a day's orders are drawn from. Immutable: threads may share it.
 *
 * @param customers those who may buy, weighted by how often they do
 */
public record Market(Arrivals arrivals, Weighted<Customer> customers, Assortment assortment) {}

package io.furnistream.datagen.sales;

import io.furnistream.datagen.store.Store;
import io.furnistream.producing.Producing;

/**
 * What a live run produces: sales that come in now. The sales of a minute depend on the dataset and
 * the minute alone, so that one which was interrupted can be produced again.
 *
 * @param store who sells
 * @param seed any number; another seed gives other customers and other orders
 * @param modelled whether the demand model says how many lines come in, or each second has as many
 * @param lines where modelled, lines of an average day of the first year of growth; otherwise lines
 *     a second; 1 or more
 */
public record LiveDataset(Store store, long seed, boolean modelled, int lines) {

  /** Lower-case letters, digits and hyphens; differs whenever the records do. */
  public String name() {
    return Dataset.name(store, seed, "live-" + (modelled ? "d" : "r") + lines);
  }

  /** What the ledger says of it: what to pass to the command to get it. */
  public Producing producing() {
    String volume = "--live " + (modelled ? "--demand=" : "--rate ") + lines;
    return Dataset.producing(name(), Dataset.arguments(store, seed, volume));
  }
}

package io.furnistream.datagen;

import io.furnistream.datagen.store.Store;
import io.furnistream.datagen.store.StoreFile;
import io.furnistream.producing.Producing;

/**
 * What one set of arguments produces. The days are not part of it: two calls whose days overlap
 * produce the same records on them.
 *
 * @param store who sells
 * @param seed any number; another seed gives other customers and other orders
 * @param volume how much of each day
 */
record Dataset(Store store, long seed, Volume volume) {

  /**
   * Version of the demand model. Raise it whenever the records of an existing dataset would change:
   * the dataset then gets another name instead of other contents.
   */
  static final int GENERATOR_VERSION = 2;

  /** Lower-case letters, digits and hyphens; differs whenever the records do. */
  String name() {
    return String.join(
        "-",
        "gen" + GENERATOR_VERSION,
        store.name(),
        "s" + seed,
        volume.tag(),
        store.fingerprint());
  }

  /** What the ledger says of it: what to pass to the command to get it. */
  Producing producing() {
    String which =
        store.source().equals(StoreFile.DEFAULT) ? "" : "--store " + store.source() + " ";
    return new Producing(
        name(), "datagen " + GENERATOR_VERSION, which + volume.arguments() + " --seed " + seed);
  }
}

package io.furnistream.datagen;

import io.furnistream.datagen.faults.FaultShares;
import io.furnistream.datagen.store.Store;
import io.furnistream.datagen.store.StoreFile;
import io.furnistream.producing.Producing;
import io.furnistream.schemas.RecordId;

/**
 * What one set of arguments produces. The days are not part of it: two calls whose days overlap
 * produce the same records on them.
 *
 * @param store who sells
 * @param seed any number; another seed gives other customers and other orders
 * @param volume how much of each day
 * @param faults what goes wrong with it
 */
record Dataset(Store store, long seed, Volume volume, FaultShares faults) {

  /**
   * Version of the demand model. Raise it whenever the records of an existing dataset would change:
   * the dataset then gets another name instead of other contents.
   */
  static final int GENERATOR_VERSION = 2;

  private static final int FAULTS_DIGITS = 8;

  /** A dataset without faults. */
  Dataset(Store store, long seed, Volume volume) {
    this(store, seed, volume, FaultShares.NONE);
  }

  /** Lower-case letters, digits and hyphens; differs whenever the records do. */
  String name() {
    String sound =
        String.join(
            "-",
            "gen" + GENERATOR_VERSION,
            store.name(),
            "s" + seed,
            volume.tag(),
            store.fingerprint());
    return faults.isNone()
        ? sound
        : sound + "-f" + RecordId.of(faults.arguments()).text().substring(0, FAULTS_DIGITS);
  }

  /** What the ledger says of it: what to pass to the command to get it. */
  Producing producing() {
    StringBuilder arguments = new StringBuilder();
    if (!store.source().equals(StoreFile.DEFAULT)) {
      arguments.append("--store ").append(store.source()).append(' ');
    }
    arguments.append(volume.arguments()).append(" --seed ").append(seed);
    if (!faults.isNone()) {
      arguments.append(' ').append(faults.arguments());
    }
    return new Producing(name(), "datagen " + GENERATOR_VERSION, arguments.toString());
  }
}

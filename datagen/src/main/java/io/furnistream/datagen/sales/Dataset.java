package io.furnistream.datagen.sales;

import io.furnistream.datagen.faults.FaultShares;
import io.furnistream.datagen.store.Store;
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
public record Dataset(Store store, long seed, Volume volume, FaultShares faults) {

  /**
   * Version of the demand model. Raise it whenever the records of an existing dataset would change:
   * the dataset then gets another name instead of other contents.
   */
  public static final int GENERATOR_VERSION = 2;

  private static final int FAULTS_DIGITS = 8;

  /** A dataset without faults. */
  public Dataset(Store store, long seed, Volume volume) {
    this(store, seed, volume, FaultShares.NONE);
  }

  /** Lower-case letters, digits and hyphens; differs whenever the records do. */
  public String name() {
    String sound = name(store, seed, volume.tag());
    return faults.isNone()
        ? sound
        : sound + "-f" + RecordId.of(faults.arguments()).text().substring(0, FAULTS_DIGITS);
  }

  /** What the ledger says of it: what to pass to the command to get it. */
  public Producing producing() {
    String sound = arguments(store, seed, volume.arguments());
    return producing(name(), faults.isNone() ? sound : sound + ' ' + faults.arguments());
  }

  /** The name of a dataset of a store, with what tells it from the store's others. */
  static String name(Store store, long seed, String tag) {
    return String.join(
        "-", "gen" + GENERATOR_VERSION, store.name(), "s" + seed, tag, store.fingerprint());
  }

  /**
   * The arguments that give a dataset of a store, with those that say how much. They name the store
   * whichever it is: without, the stack's settings would say which.
   */
  static String arguments(Store store, long seed, String volume) {
    return "--store " + store.source() + ' ' + volume + " --seed " + seed;
  }

  static Producing producing(String name, String arguments) {
    return new Producing(name, "datagen " + GENERATOR_VERSION, arguments);
  }
}

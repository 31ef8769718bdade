package io.furnistream.verify.readings;

import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.OpenDays;
import io.furnistream.verify.tables.StoreReading;

/**
 * A place where what the ledger states must be found again. A new kind of store is one more class
 * that implements this.
 *
 * <p>Constructors connect and check that every table is there, so that a missing one is reported
 * before any wait.
 */
public interface Store extends AutoCloseable {

  /** The name under which reports show it: one lower-case word. */
  String name();

  /**
   * Reads what the store holds now.
   *
   * @param open the days that are being added to, of which it states what can be compared
   * @throws io.furnistream.cli.CannotRunException when the store does not answer
   */
  StoreReading read(DayRange range, OpenDays open);

  @Override
  void close();
}

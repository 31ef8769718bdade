package io.furnistream.verify.readings;

import io.furnistream.verify.tables.DayRange;
import java.util.Optional;

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

  /** From here on, sees what the store holds now. */
  void refresh();

  /**
   * Reads what the store holds of some days.
   *
   * @param range every one of a store's days is asked for, in one range or another
   * @param staging takes the rows of its tables
   * @return its own figures
   * @throws io.furnistream.cli.CannotRunException when the store does not answer
   */
  StagedReading read(DayRange range, Staging staging);

  /** Reads its table of the latest records of all days; empty where it has none. */
  default Optional<Staged> readLatest(Staging staging) {
    return Optional.empty();
  }

  @Override
  void close();
}

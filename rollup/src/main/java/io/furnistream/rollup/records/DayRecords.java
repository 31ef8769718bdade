package io.furnistream.rollup.records;

import java.io.IOException;
import java.time.LocalDate;

/** Where the raw records of a day are read from. */
public interface DayRecords extends AutoCloseable {

  /**
   * Reads a day, by bucket and within it in {@link ClusteringOrder}, without ever holding the day.
   *
   * @throws io.furnistream.cli.CannotRunException when the store does not answer, or holds a record
   *     that breaks its contract
   * @throws IOException what the reader throws
   */
  void read(LocalDate day, Reader reader) throws IOException;

  /** Closes what it reads from. */
  @Override
  default void close() {}

  /** Takes a record. */
  interface Reader {
    /** Takes a record. */
    void take(RawRecord rawRecord) throws IOException;
  }
}

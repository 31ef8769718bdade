package io.furnistream.rollup.records;

import java.util.Comparator;
import java.util.UUID;

/**
 * The order in which Cassandra keeps a column of type uuid, and so the order of the records in a
 * bucket: by the version digit (the 13th hexadecimal digit) first, and among the same version as
 * unsigned 128-bit numbers. Ids whose digit happens to be 1 are in the order of the time that such
 * ids would carry: the first 64 bits are compared with their three fields reversed.
 */
public enum ClusteringOrder implements Comparator<UUID> {
  INSTANCE;

  /** How many positions {@link #position} distinguishes. */
  public static final int POSITIONS = 256;

  private static final int TIME_BASED = 1;

  @Override
  public int compare(UUID left, UUID right) {
    int byVersion = Integer.compare(left.version(), right.version());
    if (byVersion != 0) {
      return byVersion;
    }
    int byHigh = Long.compareUnsigned(high(left), high(right));
    return byHigh != 0
        ? byHigh
        : Long.compareUnsigned(left.getLeastSignificantBits(), right.getLeastSignificantBits());
  }

  /** The id's place in the order of all ids, 0 to {@value #POSITIONS} - 1. */
  public int position(UUID id) {
    // The version also comes before what time-based ids are compared by.
    long high = id.version() == TIME_BASED ? high(id) << 4 : high(id);
    return (id.version() << 4) | (int) (high >>> 60);
  }

  private static long high(UUID id) {
    long high = id.getMostSignificantBits();
    return id.version() == TIME_BASED
        ? (high << 48) | ((high << 16) & 0xFFFF00000000L) | (high >>> 32)
        : high;
  }
}

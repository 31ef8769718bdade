package io.furnistream.datagen.faults;

import io.furnistream.schemas.RecordId;

/**
 * Draws for one record, by a hash of its id and of what is drawn for: the same whenever, and in
 * whatever order, records are made.
 */
final class Lot {

  private static final int UNUSED_BITS = 11;
  private static final double STEP = 0x1.0p-53;

  private Lot() {}

  /** A number from 0 to 1, without 1; all are equally likely. */
  static double of(String purpose, RecordId id) {
    long bits = RecordId.of(purpose, id.text()).uuid().getMostSignificantBits();
    return (bits >>> UNUSED_BITS) * STEP;
  }

  /** A number from 0 to {@code bound}, without {@code bound}; all are equally likely. */
  static int below(int bound, String purpose, RecordId id) {
    return (int) (of(purpose, id) * bound);
  }
}

package io.furnistream.rollups.verify;

/**
 * Where a record of {@code daily_records} lies, as the headers of a dead letter say it.
 *
 * @param partition decimal digits, or whatever a header holds
 * @param offset likewise
 */
record Position(String partition, String offset) {

  static Position of(int partition, long offset) {
    return new Position(Integer.toString(partition), Long.toString(offset));
  }
}

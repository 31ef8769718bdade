package io.furnistream.verify.records;

/**
 * Where a record of {@code daily_records} lies, as the headers of a dead letter say it.
 *
 * @param partition decimal digits, or whatever a header holds
 * @param offset likewise
 */
public record Position(String partition, String offset) {

  /** The position of a record. */
  public static Position of(int partition, long offset) {
    return new Position(Integer.toString(partition), Long.toString(offset));
  }
}

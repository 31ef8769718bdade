package io.furnistream.screening;

import java.util.Arrays;
import java.util.Objects;

/**
 * What a rule asks of a value beside another field's.
 *
 * @param other path of the other field
 * @param ofKey whether the other field stands in the record's key, and not beside the value
 */
record Relation(FieldPath other, boolean ofKey, Agreement agreement) {

  /** How the two values must agree. */
  @FunctionalInterface
  interface Agreement {

    /**
     * Judges a value that is there.
     *
     * @param value never null
     * @param other null when the other field is null, or is not there
     * @return what is wrong, to follow the field's name; null when nothing is
     */
    String complaint(Object value, Object other);
  }

  private static final int UUID_LENGTH = 36;
  private static final int BUCKET_DIGITS = 4;

  /** The most buckets that a rule may name: as many as the last digits of a UUID tell apart. */
  static final int MAX_BUCKETS = 1 << (4 * BUCKET_DIGITS);

  /** The value is that of a field of the record's key. */
  static Relation equalsKey(FieldPath key) {
    return new Relation(
        key,
        true,
        (value, other) ->
            equal(value, other)
                ? null
                : "is %s, and %s of the key %s"
                    .formatted(
                        Excerpt.of(value),
                        key,
                        other == null ? "is missing" : "is " + Excerpt.of(other)));
  }

  /**
   * The value is the number that the lowest bits of a UUID beside it make. Of what is no UUID
   * nothing is asked: that is for a rule of its own.
   *
   * @param buckets how many numbers there are, from 0: a power of two, {@value #MAX_BUCKETS} at
   *     most
   */
  static Relation bucketOf(FieldPath uuid, int buckets) {
    return new Relation(
        uuid,
        false,
        (value, other) -> {
          if (!ValueType.UUID.takes(other)) {
            return null;
          }
          int from = UUID_LENGTH - BUCKET_DIGITS;
          int bucket = Integer.parseInt((String) other, from, UUID_LENGTH, 16) & (buckets - 1);
          return equal(value, bucket)
              ? null
              : "is %s, and the bucket of %s is %d".formatted(Excerpt.of(value), uuid, bucket);
        });
  }

  private static boolean equal(Object value, Object other) {
    if (Objects.equals(value, other)) {
      return true;
    }
    if (value instanceof byte[] bytes) {
      return other instanceof byte[] others && Arrays.equals(bytes, others);
    }
    var number = Numbers.decimal(value);
    var otherNumber = Numbers.decimal(other);
    return number != null && otherNumber != null && number.compareTo(otherNumber) == 0;
  }
}

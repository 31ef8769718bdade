package io.furnistream.screening;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.apache.commons.codec.digest.MurmurHash2;

/**
 * What a rule requires of a value in relation to another part of its record.
 *
 * @param to where the other part is
 * @param other path of the other field; null when it is not a field
 */
record Relation(To to, FieldPath other, Agreement agreement) {

  /** Where the part that a value is compared with is. */
  enum To {
    /** In a field of the same part of the record. */
    BESIDE,
    /** In a field of the record's key. */
    KEY,
    /** In no field: the partition that the record is in. */
    PARTITION
  }

  /** How the value and the other must agree. */
  @FunctionalInterface
  interface Agreement {

    /**
     * Judges a value that is there.
     *
     * @param value never null
     * @param other null when it is null, or is not there
     * @return what is wrong, to follow the field's name; null when nothing is
     */
    String complaint(Object value, Object other);
  }

  private static final int UUID_LENGTH = 36;
  private static final int BUCKET_DIGITS = 4;

  /** The most buckets that a rule may name: as many as the last digits of a UUID distinguish. */
  static final int MAX_BUCKETS = 1 << (4 * BUCKET_DIGITS);

  /** The value is that of a field of the record's key. */
  static Relation equalsKey(FieldPath key) {
    return new Relation(
        To.KEY,
        key,
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
   * The value is the number made by the lowest bits of a UUID in the same record. What is not a
   * UUID passes: that is for a rule of its own.
   *
   * @param buckets how many numbers there are, from 0: a power of two, {@value #MAX_BUCKETS} at
   *     most
   */
  static Relation bucketOf(FieldPath uuid, int buckets) {
    return new Relation(
        To.BESIDE,
        uuid,
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

  /**
   * The record is in the partition that the value's text chooses, as Kafka's own partitioner
   * chooses it for a string key: murmur2 of the UTF-8, without its sign, modulo the partitions.
   * What is not text passes: that is for a rule of its own.
   *
   * @param partitions how many the topic has, 1 or more
   */
  static Relation partition(int partitions) {
    return new Relation(
        To.PARTITION,
        null,
        (value, lies) -> {
          if (!(value instanceof String text)) {
            return null;
          }
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          int hash = MurmurHash2.hash32(bytes, bytes.length) & Integer.MAX_VALUE;
          int belongs = hash % partitions;
          return lies.equals(belongs)
              ? null
              : "is %s, which belongs in partition %d of %d, and lies in partition %s"
                  .formatted(Excerpt.of(value), belongs, partitions, lies);
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

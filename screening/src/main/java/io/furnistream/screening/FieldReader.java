package io.furnistream.screening;

/**
 * Reads one field of a record.
 *
 * @param <R> class of the records
 */
@FunctionalInterface
public interface FieldReader<R> {

  /**
   * The field's value as text ({@code String}), a {@code Number}, {@code Boolean}, {@code Instant},
   * {@code LocalDate}, bytes ({@code byte[]} or {@code ByteBuffer}), or an object of another class,
   * which is of no type that a rule knows.
   *
   * @return null when the field is null, or is not there
   */
  Object read(R record);
}

package io.furnistream.screening;

/**
 * How records of one form are read. There is one for each kind of record that rules judge; all of
 * them must give the same value for the same field, and the same name for the same declaration.
 *
 * @param <R> class of the records
 */
@FunctionalInterface
public interface RecordForm<R> {

  /** What {@link #declares} says of a field that the records' schema lacks. */
  String NOTHING = "nothing";

  /** Reads the field at a path, looked up once for many records. */
  FieldReader<R> reader(FieldPath path);

  /**
   * What the records' schema declares the field at a path to be: one of the names that the property
   * {@code schema} of a rule takes, such as {@code decimal(18,4)}, or any other name for what no
   * rule asks for; {@value #NOTHING} when the schema has no such field.
   *
   * @return null when the records have no schema
   */
  default String declares(FieldPath path) {
    return null;
  }
}

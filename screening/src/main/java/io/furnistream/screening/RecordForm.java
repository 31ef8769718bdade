package io.furnistream.screening;

/**
 * How records of one form are read. There is one for each kind of record that rules judge; all of
 * them must give the same value for the same field.
 *
 * @param <R> class of the records
 */
@FunctionalInterface
public interface RecordForm<R> {

  /** Reads the field at a path, looked up once for many records. */
  FieldReader<R> reader(FieldPath path);
}

package io.furnistream.transforms.tables;

/** Where the rows of a reference table are. */
public interface ReferenceSource extends AutoCloseable {

  /**
   * The row of a key.
   *
   * @return null when there is none
   * @throws org.apache.kafka.connect.errors.ConnectException when the table cannot be read
   */
  Object[] row(Object key);

  @Override
  void close();
}

package io.furnistream.aggregates.reading;

import io.furnistream.registry.RegistryUnavailableException;
import io.furnistream.registry.WriterSchemas;
import io.furnistream.schemas.UnsoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads a key or a value by the schema that wrote it: a {@link SerializationException} is a fault
 * of the data, a {@link RegistryUnavailableException} one of the registry.
 *
 * @param <T> class of what is read
 */
final class ContractDeserializer<T> implements Deserializer<T> {

  private final WriterSchemas schemas;
  private final String side;
  private final Reading<T> reading;

  /**
   * Reads what a schema wrote.
   *
   * @param <T> class of what is read
   */
  @FunctionalInterface
  interface Reading<T> {

    /**
     * Reads a key or a value.
     *
     * @param writer the schema that wrote it; null where {@code bytes} are null
     * @param bytes hold it from {@code from} on; null for a tombstone, or a record without key
     * @throws UnsoundException when it breaks a rule
     * @throws SerializationException when it cannot be read
     */
    T read(Schema writer, byte[] bytes, int from, Headers headers);
  }

  /**
   * A deserializer of one side of a topic.
   *
   * @param registry properties of the registry's client
   * @param side {@code key} or {@code value}
   */
  ContractDeserializer(Map<String, Object> registry, String side, Reading<T> reading) {
    this.schemas = new WriterSchemas(registry);
    this.side = side;
    this.reading = reading;
  }

  /** Refuses: the verdict on a value needs the record's key, which is in its headers. */
  @Override
  public T deserialize(String topic, byte[] bytes) {
    throw new UnsupportedOperationException("Keys and values are read with their headers");
  }

  /**
   * Reads a record's key or value.
   *
   * @throws RegistryUnavailableException when the registry cannot say what the bytes mean
   * @throws UnsoundRecordException when it breaks a rule
   * @throws SerializationException when it cannot be read
   */
  @Override
  public T deserialize(String topic, Headers headers, byte[] bytes) {
    Schema writer = bytes == null ? null : schemas.of(topic + "-" + side, bytes);
    try {
      return reading.read(writer, bytes, WriterSchemas.HEADER_BYTES, headers);
    } catch (UnsoundException e) {
      throw new UnsoundRecordException(e.failure());
    }
  }

  @Override
  public void close() {
    try {
      schemas.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

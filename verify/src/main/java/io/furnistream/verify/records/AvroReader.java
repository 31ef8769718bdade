package io.furnistream.verify.records;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Endpoints;
import io.furnistream.cli.UnavailableException;
import io.furnistream.registry.RegistryUnavailableException;
import io.furnistream.registry.WriterSchemas;
import io.furnistream.schemas.ContractRules;
import io.furnistream.schemas.UnsoundException;
import java.io.IOException;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Reads Avro keys and values by the rules of their topic, and distinguishes bytes that cannot be
 * read from a registry that does not answer.
 */
public final class AvroReader implements AutoCloseable {

  private final String registryUrl;
  private final WriterSchemas schemas;
  private BinaryDecoder decoder;

  /**
   * A reader that asks this registry for schemas.
   *
   * @param endpoints where the registry answers
   */
  public AvroReader(Endpoints endpoints) {
    this.registryUrl = endpoints.registryUrl();
    this.schemas = new WriterSchemas(endpoints.registryClient());
  }

  /**
   * Reads a key.
   *
   * @param partition the one in which the record lies
   * @throws UnreadableRecordException when it breaks a rule, or cannot be read
   * @throws CannotRunException when the registry does not answer
   */
  <K extends SpecificRecord> K key(
      String topic, byte[] bytes, int partition, ContractRules<K, ?> rules) {
    if (bytes == null) {
      throw new UnreadableRecordException("It has no key");
    }
    Schema writer = schema(topic + "-key", bytes);
    return read(() -> rules.readKey(writer, bytes, WriterSchemas.HEADER_BYTES, partition));
  }

  /**
   * Reads a value, of which only the schema is judged.
   *
   * @return null for a tombstone
   * @throws UnreadableRecordException when its schema breaks a rule, or cannot be read
   * @throws CannotRunException when the registry does not answer
   */
  <K extends SpecificRecord, V extends SpecificRecord> V value(
      String topic, byte[] bytes, K key, ContractRules<K, V> rules) {
    if (bytes == null) {
      return null;
    }
    Schema writer = schema(topic + "-value", bytes);
    return read(() -> rules.readValue(writer, bytes, WriterSchemas.HEADER_BYTES, key));
  }

  /**
   * Reads a key or a value as its writer wrote it, without any rule or contract.
   *
   * @throws UnreadableRecordException when it cannot be read, or is no record
   * @throws CannotRunException when the registry does not answer
   */
  GenericRecord asWritten(String subject, byte[] bytes) {
    if (bytes == null) {
      throw new UnreadableRecordException("It is not there");
    }
    Schema writer = schema(subject, bytes);
    if (writer.getType() != Schema.Type.RECORD) {
      throw new UnreadableRecordException("It is no record");
    }
    int from = WriterSchemas.HEADER_BYTES;
    try {
      decoder = DecoderFactory.get().binaryDecoder(bytes, from, bytes.length - from, decoder);
      return new GenericDatumReader<GenericRecord>(writer).read(null, decoder);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw new UnreadableRecordException(e);
    }
  }

  @Override
  public void close() {
    try {
      schemas.close();
    } catch (IOException e) {
      // Nothing was written through it that closing could lose.
    }
  }

  private static <T> T read(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (UnsoundException e) {
      throw new UnreadableRecordException(e.failure());
    } catch (SerializationException e) {
      throw new UnreadableRecordException(e);
    }
  }

  private Schema schema(String subject, byte[] bytes) {
    try {
      return schemas.of(subject, bytes);
    } catch (SerializationException e) {
      throw new UnreadableRecordException(e);
    } catch (RegistryUnavailableException e) {
      throw new UnavailableException(
          "The schema registry at %s fails: %s. Start the stack with `furnistream up` (if it runs and lacks a schema, `furnistream down` first), or set %s."
              .formatted(registryUrl, e.getMessage(), Endpoints.REGISTRY_URL),
          e);
    }
  }
}

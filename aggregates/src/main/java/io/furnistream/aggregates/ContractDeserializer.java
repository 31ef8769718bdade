package io.furnistream.aggregates;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.furnistream.schemas.UnsoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Finds the schema that wrote a key or a value, and tells a fault of the data from a fault of the
 * registry, which Confluent's deserializer reports alike: it throws {@link
 * RegistryUnavailableException} for the one and {@link SerializationException} for the other.
 *
 * @param <T> class of what is read
 */
final class ContractDeserializer<T> implements Deserializer<T> {

  private static final byte MAGIC = 0;
  private static final int HEADER_LENGTH = 1 + Integer.BYTES;
  private static final int NOT_FOUND = 404;

  private final Reading<T> reading;
  private final Registry registry = new Registry();

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
   * @param settings those of Confluent's deserializer
   * @param isKey whether it reads keys
   */
  ContractDeserializer(Map<String, ?> settings, boolean isKey, Reading<T> reading) {
    this.reading = reading;
    registry.configure(settings, isKey);
  }

  /** Refuses: the verdict on a value needs the record's key, which stands in its headers. */
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
    Schema writer = bytes == null ? null : registry.schema(topic, schemaId(bytes));
    try {
      return reading.read(writer, bytes, HEADER_LENGTH, headers);
    } catch (UnsoundException e) {
      throw new UnsoundRecordException(e.failure());
    }
  }

  @Override
  public void close() {
    registry.close();
  }

  private static int schemaId(byte[] bytes) {
    if (bytes.length < HEADER_LENGTH || bytes[0] != MAGIC) {
      throw new SerializationException(
          "The bytes do not begin with a zero and a schema's id: they were not written by Confluent's serializer");
    }
    return ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
  }

  /** Confluent's deserializer, which is asked for schemas only. */
  private static final class Registry extends KafkaAvroDeserializer {

    /** The schema of an id; the client keeps it in its cache. */
    Schema schema(String topic, int id) {
      String subject = getSubjectName(topic, isKey(), null, null);
      try {
        ParsedSchema parsed;
        try {
          parsed = getSchemaBySubjectAndId(subject, id);
        } catch (RestClientException e) {
          if (e.getStatus() != NOT_FOUND) {
            throw e;
          }
          parsed = askedAgain(subject, id);
        }
        if (parsed.rawSchema() instanceof Schema schema) {
          return schema;
        }
        throw new SerializationException("Schema %d is not Avro's".formatted(id));
      } catch (RestClientException | IOException e) {
        throw new RegistryUnavailableException(
            "The registry does not say what schema %d of %s is".formatted(id, subject), e);
      }
    }

    /**
     * Says that the registry knows no such schema, if it knows the subject. One that does not has
     * lost its schemas, or has yet to be given them, and says nothing about the record.
     */
    private ParsedSchema askedAgain(String subject, int id)
        throws IOException, RestClientException {
      getSchemaRegistryClient().getLatestSchemaMetadata(subject);
      try {
        // Again: the schemas may have come between the two questions.
        return getSchemaBySubjectAndId(subject, id);
      } catch (RestClientException e) {
        if (e.getStatus() != NOT_FOUND) {
          throw e;
        }
        throw new SerializationException("The registry knows no schema " + id, e);
      }
    }
  }
}

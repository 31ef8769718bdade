package io.furnistream.aggregates;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads one contract, and tells a fault of the data from a fault of the registry, which Confluent's
 * deserializer reports alike: it throws {@link RegistryUnavailableException} for the one and {@link
 * SerializationException} for the other.
 *
 * @param <T> the contract's class
 */
final class ContractDeserializer<T> implements Deserializer<T> {

  private static final byte MAGIC = 0;
  private static final int HEADER_LENGTH = 1 + Integer.BYTES;
  private static final int NOT_FOUND = 404;

  private final Class<T> contract;
  private final Confluent confluent = new Confluent();

  /**
   * A deserializer of one side of a topic.
   *
   * @param contract the class that its bytes must hold
   * @param settings those of Confluent's deserializer
   * @param isKey whether it reads keys
   */
  ContractDeserializer(Class<T> contract, Map<String, ?> settings, boolean isKey) {
    this.contract = contract;
    confluent.configure(settings, isKey);
  }

  /**
   * Reads a record's key or value; null stays null.
   *
   * @throws RegistryUnavailableException when the registry cannot say what the bytes mean
   * @throws SerializationException when the bytes are not this contract
   */
  @Override
  public T deserialize(String topic, byte[] bytes) {
    if (bytes == null) {
      return null;
    }
    confluent.fetchSchema(topic, schemaId(bytes));
    Object read = confluent.deserialize(topic, bytes);
    if (!contract.isInstance(read)) {
      throw new SerializationException(
          "The bytes hold a %s, not a %s"
              .formatted(
                  read == null ? "null" : read.getClass().getSimpleName(),
                  contract.getSimpleName()));
    }
    return contract.cast(read);
  }

  @Override
  public void close() {
    confluent.close();
  }

  private static int schemaId(byte[] bytes) {
    if (bytes.length < HEADER_LENGTH || bytes[0] != MAGIC) {
      throw new SerializationException(
          "The bytes do not begin with a zero and a schema's id: they were not written by Confluent's serializer");
    }
    return ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
  }

  /** Confluent's deserializer, with a way to ask for the schema before the bytes are decoded. */
  private static final class Confluent extends KafkaAvroDeserializer {

    /** Has the schema in the client's cache, from which decoding then takes it. */
    void fetchSchema(String topic, int id) {
      String subject = getSubjectName(topic, isKey(), null, null);
      try {
        try {
          getSchemaBySubjectAndId(subject, id);
        } catch (RestClientException e) {
          if (e.getStatus() != NOT_FOUND) {
            throw e;
          }
          refuse(subject, id);
        }
      } catch (RestClientException | IOException e) {
        throw new RegistryUnavailableException(
            "The registry does not say what schema %d of %s is".formatted(id, subject), e);
      }
    }

    /**
     * Says that the registry knows no such schema, if it knows the subject. One that does not has
     * lost its schemas, or has yet to be given them, and says nothing about the record.
     */
    private void refuse(String subject, int id) throws IOException, RestClientException {
      getSchemaRegistryClient().getLatestSchemaMetadata(subject);
      try {
        // Again: the schemas may have come between the two questions.
        getSchemaBySubjectAndId(subject, id);
      } catch (RestClientException e) {
        if (e.getStatus() != NOT_FOUND) {
          throw e;
        }
        throw new SerializationException("The registry knows no schema " + id, e);
      }
    }
  }
}

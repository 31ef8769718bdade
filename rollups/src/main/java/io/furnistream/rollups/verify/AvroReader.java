package io.furnistream.rollups.verify;

import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientConfig;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Endpoints;
import io.furnistream.schemas.AvroClients;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Reads Avro keys and values, and tells bytes that cannot be read from a registry that does not
 * answer. Confluent's deserializer reports both alike, so the schema is fetched here before it is
 * asked.
 */
final class AvroReader implements AutoCloseable {

  private static final int CACHED_SCHEMAS = 1000;
  private static final int MAGIC_BYTE = 0;
  private static final int HEADER_BYTES = 1 + Integer.BYTES;
  private static final int NOT_FOUND = 404;

  private final String registryUrl;
  private final SchemaRegistryClient registry;
  private final KafkaAvroDeserializer keys;
  private final KafkaAvroDeserializer values;

  AvroReader(Endpoints endpoints) {
    AvroClients clients = new AvroClients(endpoints.bootstrapServers(), endpoints.registryUrl());
    this.registryUrl = endpoints.registryUrl();
    this.registry =
        new CachedSchemaRegistryClient(
            registryUrl,
            CACHED_SCHEMAS,
            Map.of(
                SchemaRegistryClientConfig.MISSING_ID_CACHE_TTL_CONFIG, 3600L,
                SchemaRegistryClientConfig.HTTP_CONNECT_TIMEOUT_MS, 5000,
                SchemaRegistryClientConfig.HTTP_READ_TIMEOUT_MS, 10000));
    this.keys = new KafkaAvroDeserializer(registry, clients.deserializer(), true);
    this.values = new KafkaAvroDeserializer(registry, clients.deserializer(), false);
  }

  /**
   * Reads a key.
   *
   * @throws UnreadableRecordException when the bytes are no {@code type}
   * @throws CannotRunException when the registry does not answer
   */
  <T> T key(String topic, byte[] bytes, Class<T> type) {
    if (bytes == null) {
      throw new UnreadableRecordException("It has no key");
    }
    return read(keys, topic, topic + "-key", bytes, type);
  }

  /**
   * Reads a value.
   *
   * @return null for a tombstone
   * @throws UnreadableRecordException when the bytes are no {@code type}
   * @throws CannotRunException when the registry does not answer
   */
  <T> T value(String topic, byte[] bytes, Class<T> type) {
    return bytes == null ? null : read(values, topic, topic + "-value", bytes, type);
  }

  @Override
  public void close() {
    keys.close();
    values.close();
    try {
      registry.close();
    } catch (IOException e) {
      // Nothing was written through it that closing could lose.
    }
  }

  private <T> T read(
      KafkaAvroDeserializer deserializer,
      String topic,
      String subject,
      byte[] bytes,
      Class<T> type) {
    fetchSchema(subject, bytes);
    try {
      Object record = deserializer.deserialize(topic, bytes);
      if (type.isInstance(record)) {
        return type.cast(record);
      }
    } catch (SerializationException e) {
      throw new UnreadableRecordException(e);
    }
    throw new UnreadableRecordException("It is no " + type.getSimpleName());
  }

  private void fetchSchema(String subject, byte[] bytes) {
    if (bytes.length < HEADER_BYTES || bytes[0] != MAGIC_BYTE) {
      throw new UnreadableRecordException("It does not start with a schema's id");
    }
    try {
      registry.getSchemaBySubjectAndId(subject, ByteBuffer.wrap(bytes).getInt(1));
    } catch (RestClientException e) {
      if (e.getStatus() == NOT_FOUND) {
        throw new UnreadableRecordException(e);
      }
      throw registryFails(e);
    } catch (IOException e) {
      throw registryFails(e);
    }
  }

  private CannotRunException registryFails(Exception cause) {
    return new CannotRunException(
        "The schema registry at %s does not answer (%s). Start the stack with `furnistream up`, or set %s."
            .formatted(registryUrl, cause.getMessage(), Endpoints.REGISTRY_URL),
        cause);
  }
}

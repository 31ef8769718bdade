package io.furnistream.rollups.verify;

import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientConfig;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Endpoints;
import io.furnistream.schemas.ContractRules;
import io.furnistream.schemas.UnsoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Reads Avro keys and values by the rules of their topic, and tells bytes that cannot be read from
 * a registry that does not answer.
 */
final class AvroReader implements AutoCloseable {

  private static final int CACHED_SCHEMAS = 1000;
  private static final int MAGIC_BYTE = 0;
  private static final int HEADER_BYTES = 1 + Integer.BYTES;
  private static final int NOT_FOUND = 404;

  private final String registryUrl;
  private final SchemaRegistryClient registry;

  AvroReader(Endpoints endpoints) {
    this.registryUrl = endpoints.registryUrl();
    this.registry =
        new CachedSchemaRegistryClient(
            registryUrl,
            CACHED_SCHEMAS,
            Map.of(
                SchemaRegistryClientConfig.MISSING_ID_CACHE_TTL_CONFIG, 3600L,
                SchemaRegistryClientConfig.HTTP_CONNECT_TIMEOUT_MS, 5000,
                SchemaRegistryClientConfig.HTTP_READ_TIMEOUT_MS, 10000));
  }

  /**
   * Reads a key.
   *
   * @throws UnreadableRecordException when it breaks a rule, or the bytes are none
   * @throws CannotRunException when the registry does not answer
   */
  <K extends SpecificRecord> K key(String topic, byte[] bytes, ContractRules<K, ?> rules) {
    if (bytes == null) {
      throw new UnreadableRecordException("It has no key");
    }
    Schema writer = schema(topic + "-key", bytes);
    return read(() -> rules.readKey(writer, bytes, HEADER_BYTES));
  }

  /**
   * Reads a value, whose schema is judged, and no more.
   *
   * @return null for a tombstone
   * @throws UnreadableRecordException when its schema breaks a rule, or the bytes are none
   * @throws CannotRunException when the registry does not answer
   */
  <K extends SpecificRecord, V extends SpecificRecord> V value(
      String topic, byte[] bytes, K key, ContractRules<K, V> rules) {
    if (bytes == null) {
      return null;
    }
    Schema writer = schema(topic + "-value", bytes);
    return read(() -> rules.readValue(writer, bytes, HEADER_BYTES, key));
  }

  @Override
  public void close() {
    try {
      registry.close();
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
    if (bytes.length < HEADER_BYTES || bytes[0] != MAGIC_BYTE) {
      throw new UnreadableRecordException("It does not start with a schema's id");
    }
    try {
      int id = ByteBuffer.wrap(bytes).getInt(1);
      if (registry.getSchemaBySubjectAndId(subject, id).rawSchema() instanceof Schema schema) {
        return schema;
      }
      throw new UnreadableRecordException("Schema %d is not Avro's".formatted(id));
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

package io.furnistream.schemas;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.AbstractKafkaSchemaSerDeConfig;
import io.furnistream.cli.CannotRunException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Registers schemas, and asks the registry how the store was set up. */
public final class SchemaRegistrar {

  /** A new version must be able to read what the one before it wrote. */
  public static final String COMPATIBILITY = "BACKWARD";

  private static final int CACHED_SCHEMAS = 100;

  private final SchemaRegistryClient registry;

  /**
   * A registrar for a registry that has Confluent's API.
   *
   * @param properties of its client: {@code schema.registry.url}, and what it needs beside it
   */
  public SchemaRegistrar(Map<String, Object> properties) {
    this.registry =
        SchemaRegistryClientFactory.newClient(
            String.valueOf(
                properties.get(AbstractKafkaSchemaSerDeConfig.SCHEMA_REGISTRY_URL_CONFIG)),
            CACHED_SCHEMAS,
            List.of(new AvroSchemaProvider()),
            properties,
            Map.of());
  }

  /**
   * Refuses settings of this process that have another number of buckets than the store's data were
   * written with.
   *
   * @throws CannotRunException when they have; the message says what to do
   * @throws IOException when the registry does not answer
   * @throws RestClientException when it answers with an error
   */
  public void requireBuckets() throws IOException, RestClientException {
    BucketsContract.require(registry, PlatformSettings.current());
  }

  /**
   * Registers one schema under a subject.
   *
   * @return the schema's id in the registry
   * @throws IOException when the registry does not answer
   * @throws RestClientException when it refuses the schema: 409 for one that cannot read its
   *     predecessor
   */
  public int register(String subject, Schema schema) throws IOException, RestClientException {
    return registry.register(subject, new AvroSchema(schema));
  }

  /**
   * The id of a schema that is registered.
   *
   * @throws IOException when the registry does not answer
   * @throws RestClientException when it refuses: 404 for a schema that the subject does not have
   */
  public int id(String subject, Schema schema) throws IOException, RestClientException {
    return registry.getId(subject, new AvroSchema(schema));
  }
}

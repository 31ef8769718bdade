package io.furnistream.schemas;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.AbstractKafkaSchemaSerDeConfig;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.Schema;

/** Registers the contracts of every topic and sets the rule by which they may change. */
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
        new CachedSchemaRegistryClient(
            String.valueOf(
                properties.get(AbstractKafkaSchemaSerDeConfig.SCHEMA_REGISTRY_URL_CONFIG)),
            CACHED_SCHEMAS,
            properties);
  }

  /**
   * Sets {@value #COMPATIBILITY} and registers the key and value schema of every {@link Topic}.
   * Registering the same schemas again changes nothing.
   *
   * @throws IOException when the registry does not answer
   * @throws RestClientException when it refuses a schema: 409 for one that cannot read its
   *     predecessor
   */
  public void registerAll() throws IOException, RestClientException {
    registry.updateCompatibility(null, COMPATIBILITY);
    for (Topic topic : Topic.values()) {
      register(topic.topicName() + "-key", topic.keySchema());
      register(topic.topicName() + "-value", topic.valueSchema());
    }
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
}

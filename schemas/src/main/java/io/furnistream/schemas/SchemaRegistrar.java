package io.furnistream.schemas;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.Schema;

/** Registers the contracts of every topic and sets the rule by which they may change. */
public final class SchemaRegistrar {

  /** A new version must be able to read what the one before it wrote. */
  public static final String COMPATIBILITY = "BACKWARD";

  private static final int CACHED_SCHEMAS = 100;

  private final SchemaRegistryClient registry;

  /** A registrar for the registry at {@code url}, which has Confluent's API. */
  public SchemaRegistrar(String url) {
    this.registry = new CachedSchemaRegistryClient(url, CACHED_SCHEMAS, Map.of());
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

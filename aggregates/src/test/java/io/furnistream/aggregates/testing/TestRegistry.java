package io.furnistream.aggregates.testing;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.testutil.MockSchemaRegistry;
import io.furnistream.schemas.Topic;

/** Confluent's registry in memory, with every contract in it, always under the same ids. */
public final class TestRegistry {

  public static final String URL = "mock://aggregates";

  private TestRegistry() {}

  /** Registers every contract; to do it again changes nothing. */
  public static void fill() throws Exception {
    SchemaRegistryClient registry = MockSchemaRegistry.getClientForScope("aggregates");
    for (Topic topic : Topic.values()) {
      registry.register(topic.topicName() + "-key", new AvroSchema(topic.keySchema()));
      registry.register(topic.topicName() + "-value", new AvroSchema(topic.valueSchema()));
    }
  }
}

package io.furnistream.producing;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientConfig;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Endpoints;
import io.furnistream.schemas.BucketsContract;
import io.furnistream.schemas.PlatformSettings;
import io.furnistream.schemas.Topic;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Checks, before anything is written, that everything a run needs is there: a producer alone would
 * say so only after minutes of retries.
 */
public final class Readiness {

  private static final Duration WITHIN = Duration.ofSeconds(10);
  private static final int REGISTRY_RETRIES = 5;
  private static final int NOT_FOUND = 404;
  private static final int CACHED_SCHEMAS = 16;
  private static final int MAX_DEPTH = 10;

  private final Endpoints endpoints;

  /** A check of these endpoints. */
  public Readiness(Endpoints endpoints) {
    this.endpoints = endpoints;
  }

  /**
   * Makes sure that the topics that producers write exist in Kafka with as many partitions as the
   * contract says, and that the registry holds their schemas.
   *
   * @return the ids of their schemas
   * @throws CannotRunException after 10 seconds or so without an answer, or when something is
   *     missing
   */
  public SchemaIds require() {
    requirePartitions();
    return requireSchemas();
  }

  private void requirePartitions() {
    int withinMillis = Math.toIntExact(WITHIN.toMillis());
    Map<String, Object> settings = endpoints.kafkaClient();
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, withinMillis / 2);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, withinMillis);
    try (Admin admin = Admin.create(settings)) {
      Map<String, KafkaFuture<TopicDescription>> described =
          admin
              .describeTopics(Topic.LOGS.stream().map(Topic::topicName).toList())
              .topicNameValues();
      for (Topic topic : Topic.LOGS) {
        int partitions = described.get(topic.topicName()).get().partitions().size();
        if (partitions != topic.partitions()) {
          throw otherPartitions(topic, partitions);
        }
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof UnknownTopicOrPartitionException
          ? missingTopic(e)
          : noKafka(e.getCause());
    } catch (KafkaException e) {
      throw noKafka(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw noKafka(e);
    }
  }

  private CannotRunException otherPartitions(Topic topic, int partitions) {
    return new CannotRunException(
        "Topic %s at %s has %d partitions, and must have %d: the partition of every key depends on it. Have FURNISTREAM_SETTINGS name the settings that it was created with; or delete it, if nothing in it is needed, and run `furnistream up` or `provision`, which create it."
            .formatted(
                topic.topicName(), endpoints.bootstrapServers(), partitions, topic.partitions()));
  }

  private CannotRunException missingTopic(Exception cause) {
    return new CannotRunException(
        "Kafka at %s lacks a topic of these: %s. Run `furnistream up` or `provision`, which create them."
            .formatted(
                endpoints.bootstrapServers(),
                String.join(", ", Topic.LOGS.stream().map(Topic::topicName).toList())),
        cause);
  }

  private CannotRunException noKafka(Throwable cause) {
    return new CannotRunException(
        "Kafka does not answer at %s: %s. Run `furnistream up`, or set %s to where it is."
            .formatted(endpoints.bootstrapServers(), reason(cause), Endpoints.BOOTSTRAP_SERVERS),
        cause);
  }

  private SchemaIds requireSchemas() {
    Map<Topic, Integer> keys = new EnumMap<>(Topic.class);
    Map<Topic, Integer> values = new EnumMap<>(Topic.class);
    try (SchemaRegistryClient registry = registry()) {
      for (Topic topic : Topic.LOGS) {
        keys.put(topic, requireSchema(registry, topic.topicName() + "-key", topic.keySchema()));
        values.put(
            topic, requireSchema(registry, topic.topicName() + "-value", topic.valueSchema()));
      }
      BucketsContract.require(registry, PlatformSettings.current());
      return new SchemaIds(keys, values);
    } catch (IOException | RestClientException e) {
      throw noRegistry(e);
    }
  }

  private int requireSchema(SchemaRegistryClient registry, String subject, Schema schema)
      throws IOException {
    try {
      return registry.getId(subject, new AvroSchema(schema));
    } catch (RestClientException e) {
      if (e.getStatus() != NOT_FOUND) {
        throw noRegistry(e);
      }
      throw new CannotRunException(
          "The registry at %s lacks the schema that this version writes under %s. `furnistream up` registers it; where the stack runs, `furnistream down` first."
              .formatted(endpoints.registryUrl(), subject),
          e);
    }
  }

  private CannotRunException noRegistry(Exception cause) {
    return new CannotRunException(
        "The registry does not answer at %s: %s. Run `furnistream up`, or set %s to where it is."
            .formatted(endpoints.registryUrl(), reason(cause), Endpoints.REGISTRY_URL),
        cause);
  }

  private SchemaRegistryClient registry() {
    // A registry whose database has just come back answers with an error once for each dead pooled
    // connection; the attempts together keep near the limit.
    String perRequest = Long.toString(WITHIN.toMillis() / REGISTRY_RETRIES);
    Map<String, Object> settings = endpoints.registryClient();
    settings.putAll(
        Map.of(
            SchemaRegistryClientConfig.CLIENT_NAMESPACE
                + SchemaRegistryClientConfig.HTTP_CONNECT_TIMEOUT_MS,
            perRequest,
            SchemaRegistryClientConfig.CLIENT_NAMESPACE
                + SchemaRegistryClientConfig.HTTP_READ_TIMEOUT_MS,
            perRequest,
            SchemaRegistryClientConfig.CLIENT_NAMESPACE
                + SchemaRegistryClientConfig.MAX_RETRIES_CONFIG,
            Integer.toString(REGISTRY_RETRIES),
            SchemaRegistryClientConfig.CLIENT_NAMESPACE
                + SchemaRegistryClientConfig.RETRIES_MAX_WAIT_MS_CONFIG,
            "1000"));
    return SchemaRegistryClientFactory.newClient(
        endpoints.registryUrl(),
        CACHED_SCHEMAS,
        List.of(new AvroSchemaProvider()),
        settings,
        Map.of());
  }

  // The innermost cause says what happened; those around it say only that something did.
  private static String reason(Throwable error) {
    Throwable inner = error;
    for (int depth = 0; depth < MAX_DEPTH && inner.getCause() != null; depth++) {
      inner = inner.getCause();
    }
    return inner.getMessage();
  }
}

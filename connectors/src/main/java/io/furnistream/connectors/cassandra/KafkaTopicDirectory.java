package io.furnistream.connectors.cassandra;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;

/** Asks a Kafka cluster through its admin client, which is made when it is first needed. */
final class KafkaTopicDirectory implements TopicDirectory {

  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final Map<String, Object> properties;
  private Admin admin;

  KafkaTopicDirectory(Map<String, Object> properties) {
    this.properties = new HashMap<>(properties);
    this.properties.putIfAbsent(
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(TIMEOUT.toMillis()));
    this.properties.putIfAbsent(
        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(TIMEOUT.toMillis()));
  }

  @Override
  public Map<String, Uuid> ids(Set<String> topics) {
    Map<String, TopicDescription> descriptions =
        ask("ids of " + topics, client -> client.describeTopics(topics).allTopicNames());
    return descriptions.values().stream()
        .collect(Collectors.toMap(TopicDescription::name, TopicDescription::topicId));
  }

  @Override
  public Map<TopicPartition, Long> endOffsets(String topic) {
    TopicDescription description =
        ask(
                "partitions of " + topic,
                client -> client.describeTopics(List.of(topic)).allTopicNames())
            .get(topic);
    Set<TopicPartition> partitions =
        description.partitions().stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .collect(Collectors.toSet());
    return endOffsets(partitions);
  }

  @Override
  public Map<TopicPartition, Long> endOffsets(Set<TopicPartition> partitions) {
    return offsets(partitions, OffsetSpec.latest());
  }

  @Override
  public Map<TopicPartition, Long> beginningOffsets(Set<TopicPartition> partitions) {
    return offsets(partitions, OffsetSpec.earliest());
  }

  @Override
  public void close() {
    if (admin != null) {
      admin.close(TIMEOUT);
      admin = null;
    }
  }

  private Map<TopicPartition, Long> offsets(Set<TopicPartition> partitions, OffsetSpec spec) {
    Map<TopicPartition, OffsetSpec> wanted =
        partitions.stream().collect(Collectors.toMap(Function.identity(), p -> spec));
    Map<TopicPartition, ListOffsetsResultInfo> found =
        ask("offsets of " + partitions, client -> client.listOffsets(wanted).all());
    return found.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
  }

  private <T> T ask(String what, Function<Admin, KafkaFuture<T>> question) {
    try {
      return question.apply(client()).get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof org.apache.kafka.common.errors.RetriableException) {
        throw new RetriableException("Kafka does not return the " + what, e.getCause());
      }
      throw new ConnectException("Kafka refuses to return the " + what, e.getCause());
    } catch (TimeoutException | KafkaException e) {
      throw new RetriableException("Kafka does not return the " + what, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RetriableException("Interrupted while asking Kafka for the " + what, e);
    }
  }

  private Admin client() {
    if (admin == null) {
      admin = Admin.create(properties);
    }
    return admin;
  }
}

package io.furnistream.endtoend.cluster;

import static org.awaitility.Awaitility.await;

import io.furnistream.cli.Endpoints;
import io.furnistream.endtoend.stack.RunningStack;
import io.furnistream.schemas.AggregatesGroup;
import io.furnistream.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** How far each part has got, as Kafka knows it. */
final class Progress implements AutoCloseable {

  private static final int ANSWER_SECONDS = 60;
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final List<String> OF_SALES =
      List.of(AggregatesGroup.ID, "connect-cassandra-daily-records");
  private static final List<String> OF_REPORT =
      List.of("connect-cassandra-daily-report", "connect-postgres-daily-report");

  private final Admin admin;

  Progress(Endpoints endpoints) {
    admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                endpoints.bootstrapServers(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) TimeUnit.SECONDS.toMillis(ANSWER_SECONDS)));
  }

  /**
   * Returns when sales that arrived after this call are in Cassandra and in the aggregates, and
   * rows that the aggregates have made of them in the stores of the report.
   */
  void awaitNewSalesEverywhere(String situation) throws Exception {
    List<TopicPartition> sales = partitions(Topic.DAILY_RECORDS.topicName());
    long before = sum(ends(sales));
    await("generate goes on " + situation)
        .atMost(RunningStack.LIMIT)
        .pollInterval(POLL)
        .ignoreExceptions()
        .until(() -> sum(ends(sales)) > before);
    Map<TopicPartition, Long> arrived = ends(sales);
    for (String group : OF_SALES) {
      await(group + " goes on " + situation)
          .atMost(RunningStack.LIMIT)
          .pollInterval(POLL)
          .ignoreExceptions()
          .until(
              () -> {
                Map<TopicPartition, Long> committed = committed(group);
                return sales.stream()
                    .allMatch(each -> committed.getOrDefault(each, 0L) >= arrived.get(each));
              });
    }
    for (String group : OF_REPORT) {
      long landed = sum(committed(group));
      await(group + " goes on " + situation)
          .atMost(RunningStack.LIMIT)
          .pollInterval(POLL)
          .ignoreExceptions()
          .until(() -> sum(committed(group)) > landed);
    }
  }

  /** Returns when every broker has every record. */
  void awaitAllCopies(int copies) {
    await("each partition has all copies")
        .atMost(RunningStack.LIMIT)
        .pollInterval(POLL)
        .ignoreExceptions()
        .until(
            () ->
                topics(get(admin.listTopics().names()).stream().toList()).values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(
                        partition ->
                            partition.replicas().size() == copies
                                && partition.isr().size() == copies));
  }

  private List<TopicPartition> partitions(String topic) throws Exception {
    return topics(List.of(topic)).get(topic).partitions().stream()
        .map(partition -> new TopicPartition(topic, partition.partition()))
        .toList();
  }

  private Map<String, TopicDescription> topics(List<String> names) throws Exception {
    return get(admin.describeTopics(names).allTopicNames());
  }

  private Map<TopicPartition, Long> ends(List<TopicPartition> partitions) throws Exception {
    Map<TopicPartition, Long> ends = new HashMap<>();
    get(admin
            .listOffsets(
                partitions.stream()
                    .collect(Collectors.toMap(Function.identity(), each -> OffsetSpec.latest())))
            .all())
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  private Map<TopicPartition, Long> committed(String group) throws Exception {
    Map<TopicPartition, Long> committed = new HashMap<>();
    for (Map.Entry<TopicPartition, OffsetAndMetadata> each :
        get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata()).entrySet()) {
      if (each.getValue() != null) {
        committed.put(each.getKey(), each.getValue().offset());
      }
    }
    return committed;
  }

  private static long sum(Map<TopicPartition, Long> offsets) {
    return new ArrayList<>(offsets.values()).stream().mapToLong(Long::longValue).sum();
  }

  private static <T> T get(KafkaFuture<T> answer)
      throws InterruptedException, ExecutionException, TimeoutException {
    return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(ANSWER_SECONDS));
  }
}

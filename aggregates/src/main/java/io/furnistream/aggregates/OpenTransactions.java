package io.furnistream.aggregates;

import io.furnistream.schemas.AggregatesGroup;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersResult;
import org.apache.kafka.clients.admin.DescribeTransactionsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.utils.Utils;

/**
 * Which transactions are open on the cluster. One that holds offsets of the group, or records of
 * the topics that it reads, keeps the application from running until it ends: its coordinator ends
 * it after its timeout, unless it hangs, which is when no coordinator knows it any longer.
 *
 * <p>Kafka shows only what the user may see: transactional ids that it may describe, and producers
 * of partitions that it may read.
 */
final class OpenTransactions {

  /** How many transactions are named. */
  static final int MOST = 10;

  private static final int MOST_PARTITIONS = 6;
  private static final int MOST_DESCRIBED = 500;
  // More than one call of the admin client takes.
  private static final int ANSWER_SECONDS = 10;
  private static final String GROUP = StreamsProperties.APPLICATION_ID;
  private static final String OFFSETS = "__consumer_offsets";
  private static final String TRANSACTIONS = "__transaction_state";
  private static final Set<TransactionState> OPEN =
      EnumSet.of(
          TransactionState.ONGOING,
          TransactionState.PREPARE_ABORT,
          TransactionState.PREPARE_COMMIT,
          TransactionState.PREPARE_EPOCH_FENCE);

  private final AvroClients clients;

  OpenTransactions(AvroClients clients) {
    this.clients = clients;
  }

  /** A producer's transaction in one partition, which is open as long as this is in its log. */
  private record Begun(TopicPartition partition, long producer, long offset) {}

  /**
   * What is open now, and whether the group's offsets can be read: at most some {@value #MOST}
   * lines of each kind. What Kafka does not answer within seconds, or does not let this user see,
   * is a line that says so.
   */
  List<String> report() throws InterruptedException {
    List<String> lines = new ArrayList<>();
    try (Admin admin = BriefAdmin.of(clients)) {
      Map<String, List<TopicPartitionInfo>> topics = topics(admin, lines);
      Map<TopicPartition, TopicPartitionInfo> watched = watched(topics);
      Map<Begun, ProducerState> begun = begun(admin, watched.keySet(), lines);
      Map<String, TransactionListing> listed = listed(admin);
      Map<String, TransactionDescription> described = described(admin, listed.keySet());
      addOpen(listed, described, watched.keySet(), lines);
      begun.keySet().removeIf(each -> isKnown(each, listed, described));
      if (!begun.isEmpty()) {
        // Open before and after the listing, without being in it: not one that has just ended.
        begun.keySet().retainAll(begun(admin, watched.keySet(), new ArrayList<>()).keySet());
      }
      addHanging(begun, hasEveryCoordinator(topics), lines);
      if (listed.isEmpty() && begun.isEmpty()) {
        lines.add("No transaction is open, as far as this user may see");
      }
      addOffsets(admin, watched, lines);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      lines.add("No further answer from Kafka: " + BriefAdmin.reason(e));
    }
    return lines;
  }

  /** The topics that matter here, without those that their first use will create. */
  private static Map<String, List<TopicPartitionInfo>> topics(Admin admin, List<String> lines)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<String, List<TopicPartitionInfo>> topics = new LinkedHashMap<>();
    List<String> names =
        Stream.concat(
                Stream.of(OFFSETS, TRANSACTIONS, Topic.DAILY_RECORDS.topicName()),
                AggregatesGroup.INTERNAL_TOPICS.stream().flatMap(List::stream))
            .toList();
    Map<String, KafkaFuture<TopicDescription>> answers =
        admin.describeTopics(names).topicNameValues();
    for (String name : names) {
      try {
        topics.put(name, await(answers.get(name)).partitions());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof AuthorizationException) {
          topics.put(name, List.of());
          lines.add("Topic %s is not seen: %s".formatted(name, BriefAdmin.reason(e)));
        } else if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
      }
    }
    return topics;
  }

  /** The partitions whose open transactions the group waits for. */
  private static Map<TopicPartition, TopicPartitionInfo> watched(
      Map<String, List<TopicPartitionInfo>> topics) {
    Map<TopicPartition, TopicPartitionInfo> watched = new LinkedHashMap<>();
    topics.forEach(
        (name, partitions) -> {
          if (!name.equals(TRANSACTIONS)) {
            partitions.stream()
                .filter(each -> !name.equals(OFFSETS) || isOfGroup(each, partitions.size()))
                .forEach(each -> watched.put(new TopicPartition(name, each.partition()), each));
          }
        });
    return watched;
  }

  /** The offsets of a group are in one partition; dozens of others are not its concern. */
  private static boolean isOfGroup(TopicPartitionInfo partition, int partitions) {
    return partition.partition() == Utils.abs(GROUP.hashCode()) % partitions;
  }

  /** Whether the listing could ask every coordinator: each partition has one. */
  private static boolean hasEveryCoordinator(Map<String, List<TopicPartitionInfo>> topics) {
    List<TopicPartitionInfo> coordinated = topics.get(TRANSACTIONS);
    return coordinated == null
        || (!coordinated.isEmpty() && coordinated.stream().allMatch(OpenTransactions::hasLeader));
  }

  private static boolean hasLeader(TopicPartitionInfo partition) {
    return partition.leader() != null && !partition.leader().isEmpty();
  }

  private static Map<Begun, ProducerState> begun(
      Admin admin, Set<TopicPartition> partitions, List<String> lines)
      throws InterruptedException, TimeoutException {
    Map<Begun, ProducerState> begun = new LinkedHashMap<>();
    Map<String, String> unseen = new LinkedHashMap<>();
    DescribeProducersResult answers = admin.describeProducers(partitions);
    for (TopicPartition partition : partitions) {
      try {
        for (ProducerState each : await(answers.partitionResult(partition)).activeProducers()) {
          each.currentTransactionStartOffset()
              .ifPresent(
                  offset -> begun.put(new Begun(partition, each.producerId(), offset), each));
        }
      } catch (ExecutionException e) {
        unseen.put(partition.topic(), BriefAdmin.reason(e));
      }
    }
    unseen.forEach(
        (topic, reason) ->
            lines.add(
                "Producers of %s are not all seen, so a hanging transaction may not be named: %s"
                    .formatted(topic, reason)));
    return begun;
  }

  /** The open transactions by transactional id. */
  private static Map<String, TransactionListing> listed(Admin admin)
      throws ExecutionException, InterruptedException, TimeoutException {
    return await(admin.listTransactions(new ListTransactionsOptions().filterStates(OPEN)).all())
        .stream()
        .collect(
            Collectors.toMap(
                TransactionListing::transactionalId, each -> each, (one, other) -> one));
  }

  /** Those of them whose description there is: not of one that has just ended. */
  private static Map<String, TransactionDescription> described(Admin admin, Set<String> listed)
      throws InterruptedException, TimeoutException {
    List<String> ids =
        listed.stream()
            .sorted(Comparator.comparing((String id) -> !id.startsWith(GROUP)))
            .limit(MOST_DESCRIBED)
            .toList();
    Map<String, TransactionDescription> described = new HashMap<>();
    DescribeTransactionsResult answers = admin.describeTransactions(ids);
    for (String id : ids) {
      try {
        described.put(id, await(answers.description(id)));
      } catch (ExecutionException e) {
        // It is named as it was listed.
      }
    }
    return described;
  }

  private static void addOpen(
      Map<String, TransactionListing> listed,
      Map<String, TransactionDescription> described,
      Set<TopicPartition> watched,
      List<String> lines) {
    // First those that the group waits for, then the oldest.
    Comparator<TransactionDescription> order =
        Comparator.comparing(
                (TransactionDescription each) ->
                    each.topicPartitions().stream().noneMatch(watched::contains))
            .thenComparing(each -> each.transactionStartTimeMs().orElse(Long.MAX_VALUE));
    listed.keySet().stream()
        .sorted(Comparator.comparing((String id) -> described.get(id), Comparator.nullsLast(order)))
        .limit(MOST)
        .map(
            id ->
                described.containsKey(id)
                    ? line(id, described.get(id), watched)
                    : "Transaction %s: %s, producer %d, nothing else is seen of it"
                        .formatted(id, listed.get(id).state(), listed.get(id).producerId()))
        .forEach(lines::add);
    if (listed.size() > MOST) {
      lines.add("Open transactions not named: " + (listed.size() - MOST));
    }
  }

  private static String line(
      String id, TransactionDescription transaction, Set<TopicPartition> watched) {
    return "Transaction %s: %s %s, timeout %d s, producer %d epoch %d, coordinator broker %d, partitions %s"
        .formatted(
            id,
            transaction.state(),
            transaction.transactionStartTimeMs().isPresent()
                ? since(transaction.transactionStartTimeMs().getAsLong())
                : "since a time that is not known",
            TimeUnit.MILLISECONDS.toSeconds(transaction.transactionTimeoutMs()),
            transaction.producerId(),
            transaction.producerEpoch(),
            transaction.coordinatorId(),
            named(transaction.topicPartitions(), watched));
  }

  /** Some of the partitions, those of {@code first} before others. */
  private static String named(Set<TopicPartition> partitions, Set<TopicPartition> first) {
    String named =
        partitions.stream()
            .sorted(
                Comparator.comparing((TopicPartition each) -> !first.contains(each))
                    .thenComparing(TopicPartition::toString))
            .limit(MOST_PARTITIONS)
            .map(TopicPartition::toString)
            .collect(Collectors.joining(", "));
    int others = partitions.size() - MOST_PARTITIONS;
    return others > 0 ? "%s and %d others".formatted(named, others) : named;
  }

  /** Whether a coordinator will end it; also where that cannot be told. */
  private static boolean isKnown(
      Begun begun,
      Map<String, TransactionListing> listed,
      Map<String, TransactionDescription> described) {
    return listed.keySet().stream()
        .filter(id -> listed.get(id).producerId() == begun.producer())
        .anyMatch(
            id ->
                !described.containsKey(id)
                    || described.get(id).topicPartitions().contains(begun.partition()));
  }

  private void addHanging(
      Map<Begun, ProducerState> hanging, boolean isCertain, List<String> lines) {
    if (!isCertain && !hanging.isEmpty()) {
      // To end one that a coordinator is about to commit would lose a part of it.
      lines.add(
          "In %s are transactions that are not listed: not every partition of %s is seen with a leader, which may know them"
              .formatted(
                  named(
                      hanging.keySet().stream().map(Begun::partition).collect(Collectors.toSet()),
                      Set.of()),
                  TRANSACTIONS));
      return;
    }
    hanging.entrySet().stream()
        .limit(MOST)
        .map(each -> line(each.getKey(), each.getValue()))
        .forEach(lines::add);
    if (hanging.size() > MOST) {
      lines.add("Hanging transactions not named: " + (hanging.size() - MOST));
    }
  }

  private String line(Begun begun, ProducerState producer) {
    TopicPartition partition = begun.partition();
    return "Hanging transaction in %s from offset %d on: producer %d epoch %d, not written to %s, and no transaction that this user may see is its own. If it is still there after the longest transaction.timeout.ms in use, nothing else will end it: kafka-transactions.sh --bootstrap-server %s%s abort --topic %s --partition %d --start-offset %d; then, since other parts of it may have been committed, furnistream aggregates reset"
        .formatted(
            partition,
            begun.offset(),
            producer.producerId(),
            producer.producerEpoch(),
            since(producer.lastTimestamp()),
            clients.bootstrapServers(),
            clients.kafka().containsKey(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG)
                ? " --command-config FILE"
                : "",
            partition.topic(),
            partition.partition(),
            begun.offset());
  }

  /**
   * Whether Kafka hands out the group's offsets. If it does not although nothing is open, they may
   * wait for replicas, or the group's coordinator may remember a transaction that has ended.
   */
  private static void addOffsets(
      Admin admin, Map<TopicPartition, TopicPartitionInfo> watched, List<String> lines)
      throws ExecutionException, InterruptedException, TimeoutException {
    // Named one by one: of all, Kafka leaves out those that no transaction has committed yet.
    List<TopicPartition> inputs =
        watched.keySet().stream().filter(each -> !each.topic().equals(OFFSETS)).toList();
    Set<TopicPartition> unstable = new HashSet<>(await(offsets(admin, inputs, false)).keySet());
    // The admin client leaves them out, and says so in the log; consumers ask until they are there.
    unstable.removeAll(await(offsets(admin, inputs, true)).keySet());
    String answer =
        unstable.isEmpty()
            ? "are stable"
            : "are not stable, and until they are it does not read " + named(unstable, unstable);
    String where =
        watched.entrySet().stream()
            .filter(each -> each.getKey().topic().equals(OFFSETS))
            .map(
                each ->
                    "%s, leader %s, %d of %d replicas in sync"
                        .formatted(
                            each.getKey(),
                            hasLeader(each.getValue())
                                ? "broker " + each.getValue().leader().idString()
                                : "none",
                            each.getValue().isr().size(),
                            each.getValue().replicas().size()))
            .findFirst()
            .orElse("a partition that is not seen");
    lines.add("Offsets of group %s %s (%s)".formatted(GROUP, answer, where));
  }

  private static KafkaFuture<Map<TopicPartition, OffsetAndMetadata>> offsets(
      Admin admin, List<TopicPartition> partitions, boolean isStable) {
    return admin
        .listConsumerGroupOffsets(
            Map.of(GROUP, new ListConsumerGroupOffsetsSpec().topicPartitions(partitions)),
            new ListConsumerGroupOffsetsOptions().requireStable(isStable))
        .partitionsToOffsetAndMetadata(GROUP);
  }

  private static String since(long timeMs) {
    Instant then = Instant.ofEpochMilli(timeMs);
    Duration age = Duration.between(then, Instant.now());
    return "for %d s, since %s".formatted(age.toSeconds(), then.truncatedTo(ChronoUnit.SECONDS));
  }

  private static <T> T await(KafkaFuture<T> future)
      throws ExecutionException, InterruptedException, TimeoutException {
    return future.get(ANSWER_SECONDS, TimeUnit.SECONDS);
  }
}

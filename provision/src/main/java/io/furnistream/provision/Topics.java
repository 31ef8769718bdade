package io.furnistream.provision;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.ClientProperties;
import io.furnistream.cli.Deadline;
import io.furnistream.cli.Endpoints;
import io.furnistream.schemas.DeadLetterTopics;
import io.furnistream.schemas.PlatformSettings;
import io.furnistream.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Kafka's topics: those of the catalogue, and those of dead letters. Topics of other names are left
 * alone.
 */
final class Topics implements Part {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final String FACTOR = "kafka.replication.factor";
  private static final String DEAD_LETTER_FACTOR = "kafka.dead.letter.replication.factor";
  private static final String LARGEST = TopicConfig.MAX_DECOMPRESSED_MESSAGE_BYTES_CONFIG;

  private final Map<String, Object> client;
  private final Map<String, NewTopic> wanted = new LinkedHashMap<>();
  private final PlatformSettings settings;
  private final Consumer<String> notes;
  private boolean noted;
  private Admin admin;

  /**
   * Topics of a Kafka.
   *
   * @param client properties of an admin client: {@code bootstrap.servers}, TLS, SASL
   * @param deadLetterTopics names of those of the connectors
   * @param notes receives what is well to know, a sentence each
   */
  Topics(
      Map<String, Object> client,
      List<String> deadLetterTopics,
      PlatformSettings settings,
      Consumer<String> notes) {
    this.client = client;
    this.settings = settings;
    this.notes = notes;
    for (Topic topic : Topic.values()) {
      wanted.put(topic.topicName(), topic.newTopic(settings));
    }
    Set<String> letters = new LinkedHashSet<>(deadLetterTopics);
    letters.add(DeadLetterTopics.AGGREGATES);
    letters.forEach(name -> wanted.put(name, DeadLetterTopics.newTopic(name, settings)));
  }

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public String place() {
    return "Kafka at " + client.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
  }

  @Override
  public void answers() throws Exception {
    try {
      // It is asked again and again: a try that takes long would go far beyond the limit of the
      // wait.
      await(
          admin()
              .describeCluster(
                  new DescribeClusterOptions().timeoutMs((int) ANSWER_LIMIT.toMillis()))
              .nodes());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthenticationException
          || e.getCause() instanceof AuthorizationException) {
        throw Refusal.of(place(), e, "security.protocol, sasl.* and ssl.*");
      }
      throw e;
    }
  }

  @Override
  public List<Difference> differences() throws Exception {
    forgetWhatTheBrokerDoesNotKnow();
    Set<String> present = new TreeSet<>(await(admin().listTopics().names()));
    List<Difference> differences = new ArrayList<>();
    List<NewTopic> missing =
        wanted.values().stream().filter(topic -> !present.contains(topic.name())).toList();
    present.retainAll(wanted.keySet());
    Map<String, TopicDescription> described =
        awaitKnown(() -> admin().describeTopics(present).allTopicNames());
    int brokers = await(admin().describeCluster().nodes()).size();
    requireBrokers(brokers, described, differences);
    missing.forEach(topic -> differences.add(missing(topic)));
    List<ConfigResource> resources = present.stream().map(Topics::resource).toList();
    Map<ConfigResource, Config> configs =
        awaitKnown(() -> admin().describeConfigs(resources).all());
    for (String name : present) {
      NewTopic topic = wanted.get(name);
      comparePartitions(topic, described.get(name), differences);
      if (topic.replicationFactor() <= brokers) {
        compareCopies(topic, described.get(name), differences);
      }
      compareConfig(topic, configs.get(resource(name)), differences);
    }
    return differences;
  }

  /** A broker refuses a topic with a setting that it does not know. */
  private void forgetWhatTheBrokerDoesNotKnow() throws Exception {
    Node broker = await(admin().describeCluster().nodes()).iterator().next();
    ConfigResource resource = new ConfigResource(ConfigResource.Type.BROKER, broker.idString());
    Config config = await(admin().describeConfigs(List.of(resource)).all()).get(resource);
    if (config.get(LARGEST) == null) {
      for (NewTopic topic : List.copyOf(wanted.values())) {
        Map<String, String> known = new HashMap<>(topic.configs());
        known.remove(LARGEST);
        wanted.put(topic.name(), topic.configs(known));
      }
      if (!noted) {
        notes.accept(
            "%s does not know %s, which came with 4.2.2 and 4.4.0: the topics are without it, and nothing refuses a record that is small compressed and fills its readers' memory."
                .formatted(place(), LARGEST));
        noted = true;
      }
    }
  }

  /** Says once, of all topics that lack copies, what would have to be said of each. */
  private void requireBrokers(
      int brokers, Map<String, TopicDescription> described, List<Difference> differences) {
    Map<Short, List<String>> lacking = new TreeMap<>();
    for (NewTopic topic : wanted.values()) {
      TopicDescription present = described.get(topic.name());
      if (topic.replicationFactor() > brokers
          && (present == null || !hasCopies(present, topic.replicationFactor()))) {
        lacking
            .computeIfAbsent(topic.replicationFactor(), factor -> new ArrayList<>())
            .add(topic.name());
      }
    }
    lacking.forEach(
        (factor, topics) ->
            differences.add(
                Difference.forAPerson(
                    topics.size() == 1
                        ? "topic " + topics.get(0)
                        : "topic %s, and %d more".formatted(topics.get(0), topics.size() - 1),
                    "must have %d copies, but %s has %d broker(s): start more, or lower %s in %s"
                        .formatted(
                            factor,
                            place(),
                            brokers,
                            topics.stream().allMatch(Topics::isLetters)
                                ? DEAD_LETTER_FACTOR
                                : FACTOR,
                            settings.file()))));
  }

  private static boolean hasCopies(TopicDescription described, int copies) {
    return described.partitions().stream()
        .allMatch(partition -> partition.replicas().size() == copies);
  }

  private Difference missing(NewTopic topic) {
    return new Difference("topic " + topic.name(), "is missing", () -> create(topic));
  }

  private String create(NewTopic topic) throws Exception {
    try {
      await(admin().createTopics(List.of(topic)).all());
    } catch (ExecutionException e) {
      // Somebody else has, a moment ago: the next comparison says whether as we would have.
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
    // Its first user must not be the one to notice that a broker does not know it yet.
    awaitKnown(() -> admin().describeTopics(List.of(topic.name())).allTopicNames());
    return "was created: partitions %d, copies %d, min.insync.replicas %s"
        .formatted(
            topic.numPartitions(),
            topic.replicationFactor(),
            topic.configs().get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG));
  }

  /** A topic exists before every broker knows it, and any of them may be the one that is asked. */
  private static <T> T awaitKnown(Supplier<KafkaFuture<T>> request) throws Exception {
    Deadline deadline = Deadline.in(LIMIT);
    while (true) {
      try {
        return await(request.get());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || deadline.hasPassed()) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
      }
    }
  }

  private void comparePartitions(
      NewTopic topic, TopicDescription described, List<Difference> differences) {
    int partitions = described.partitions().size();
    if (partitions != topic.numPartitions()) {
      differences.add(
          Difference.forAPerson(
              "topic " + topic.name(),
              "has %d partition(s) instead of %d: a key's records would be in two of them, out of order. Set kafka.partitions.%s=%d in %s; or, if nothing in the topic is needed, delete it and provision again"
                  .formatted(
                      partitions,
                      topic.numPartitions(),
                      topic.name(),
                      partitions,
                      settings.file())));
    }
  }

  private void compareCopies(
      NewTopic topic, TopicDescription described, List<Difference> differences) {
    Set<Integer> copies =
        described.partitions().stream()
            .map(partition -> partition.replicas().size())
            .collect(Collectors.toCollection(TreeSet::new));
    if (!hasCopies(described, topic.replicationFactor())) {
      differences.add(
          Difference.forAPerson(
              "topic " + topic.name(),
              "has %s instead of %d copies of its partitions: move them with kafka-reassign-partitions.sh, as provision/README.md shows, or set %s to what there is in %s"
                  .formatted(
                      copies.stream().map(String::valueOf).collect(Collectors.joining(" and ")),
                      topic.replicationFactor(),
                      isLetters(topic.name()) ? DEAD_LETTER_FACTOR : FACTOR,
                      settings.file())));
    }
  }

  private static boolean isLetters(String topic) {
    return topic.startsWith(DeadLetterTopics.of(""));
  }

  private void compareConfig(NewTopic topic, Config config, List<Difference> differences) {
    new TreeMap<>(topic.configs())
        .forEach(
            (name, value) -> {
              String present = value(config, name);
              if (!value.equals(present)) {
                differences.add(
                    new Difference(
                        "topic " + topic.name(),
                        "has %s=%s instead of %s".formatted(name, present, value),
                        () -> set(topic.name(), name, value)));
              }
            });
  }

  private static String value(Config config, String name) {
    ConfigEntry entry = config.get(name);
    return entry == null ? "unknown" : entry.value();
  }

  private String set(String topic, String name, String value) throws Exception {
    Map<ConfigResource, Collection<AlterConfigOp>> change =
        Map.of(
            resource(topic),
            List.of(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET)));
    await(admin().incrementalAlterConfigs(change).all());
    awaitSet(topic, name, value);
    return "was given %s=%s".formatted(name, value);
  }

  /** A broker hears of a change a moment after it was made. */
  private void awaitSet(String topic, String name, String value) throws Exception {
    Deadline deadline = Deadline.in(LIMIT);
    ConfigResource resource = resource(topic);
    while (true) {
      Config config =
          awaitKnown(() -> admin().describeConfigs(List.of(resource)).all()).get(resource);
      String present = value(config, name);
      if (value.equals(present)) {
        return;
      }
      if (deadline.hasPassed()) {
        throw new CannotRunException(
            "%s took %s=%s for the topic %s, and says %s after %d s. Is somebody else changing it? Otherwise look into the brokers' logs; then provision again."
                .formatted(place(), name, value, topic, present, LIMIT.toSeconds()));
      }
      TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
    }
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  private Admin admin() {
    if (admin == null) {
      Map<String, Object> all = new HashMap<>(client);
      all.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) LIMIT.toMillis());
      all.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER_LIMIT.toMillis());
      try {
        admin = Admin.create(all);
      } catch (KafkaException e) {
        // It asks nothing yet: what it does not take are its properties.
        throw new CannotRunException(
            "%s cannot be asked like this: %s. Set %s right, or the properties in the file that %s names."
                .formatted(
                    place(), Reason.of(e), Endpoints.BOOTSTRAP_SERVERS, ClientProperties.VARIABLE),
            e);
      }
    }
    return admin;
  }

  @Override
  public void close() {
    if (admin != null) {
      admin.close(ANSWER_LIMIT);
      admin = null;
    }
  }

  private static <T> T await(KafkaFuture<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }
}

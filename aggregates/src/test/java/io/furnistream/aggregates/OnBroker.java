package io.furnistream.aggregates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.furnistream.aggregates.testing.PlainLoop;
import io.furnistream.aggregates.testing.RandomHistory;
import io.furnistream.cli.CannotRunException;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.PlatformSettings;
import io.furnistream.schemas.RecordId;
import io.furnistream.schemas.Topic;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests against a real broker: its topics, which each test finds empty, records for them, and the
 * application in processes of its own.
 */
abstract class OnBroker {

  static final Duration SOON = Duration.ofSeconds(90);
  private static final long PRODUCED_AT_2016 = 1_480_075_200_000L;
  static final long PRODUCED_AT_2100 = 4_102_444_800_000L;

  @TempDir static Path brokerFolder;
  @TempDir Path folder;

  static KafkaBroker broker;

  final List<AutoCloseable> open = new ArrayList<>();
  final Map<Topic, KafkaBroker.TableReader> tables = new HashMap<>();
  final List<Future<RecordMetadata>> pending = new ArrayList<>();
  KafkaProducer<SpecificRecord, SpecificRecord> producer;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = KafkaBroker.start(brokerFolder);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void createTopics() throws Exception {
    // The topics of the test before this one are deleted, which the broker may learn later.
    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(
                        () ->
                            new RequiredTopics(broker.clients())
                                .await(Duration.ZERO, new CountDownLatch(1)))
                    .isInstanceOf(CannotRunException.class)
                    .hasMessageContaining(
                        Stream.concat(
                                Topic.AGGREGATED.stream().map(Topic::topicName),
                                Stream.of("daily_records", "dead_letter_aggregates"))
                            .sorted()
                            .collect(Collectors.joining(", "))));
    broker.createTopics();
    for (Topic topic : Topic.AGGREGATED) {
      KafkaBroker.TableReader reader = broker.table(topic);
      tables.put(topic, reader);
      open.add(reader);
    }
    producer = new KafkaProducer<>(broker.clients().producer());
    open.add(producer);
  }

  @AfterEach
  void deleteTopics() throws Exception {
    for (int last = open.size() - 1; last >= 0; last--) {
      open.get(last).close();
    }
    broker
        .admin()
        .deleteTopics(broker.admin().listTopics().names().get(30, TimeUnit.SECONDS))
        .all()
        .get(30, TimeUnit.SECONDS);
    // A killed process is a member until its session ends.
    await("the group without members")
        .atMost(SOON)
        .ignoreExceptionsInstanceOf(ExecutionException.class)
        .until(OnBroker::groupIsGone);
  }

  static boolean groupIsGone() throws Exception {
    try {
      broker
          .admin()
          .deleteConsumerGroups(List.of(StreamsProperties.APPLICATION_ID))
          .all()
          .get(30, TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException e) {
      // One that never had members goes by itself with the topics of its offsets.
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return true;
      }
      throw e;
    }
  }

  void awaitHealth(int port) {
    await("health at " + port).atMost(SOON).until(() -> healthStatus(port) == 200);
  }

  Process startProcess(String stateFolder, int healthPort) throws IOException {
    return startProcess(stateFolder, healthPort, 0, null);
  }

  Process startProcess(String stateFolder, int healthPort, int standbys, Path log)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            // The application's own configuration, not that of the tests, where its log is read.
            "-Dlog4j2.configurationFile=" + (log == null ? "log4j2-test.xml" : "log4j2.xml"),
            "-cp",
            System.getProperty("java.class.path"),
            AggregatesUnderTest.class.getName());
    Map<String, String> environment = builder.environment();
    environment.putAll(broker.environment());
    environment.put(AggregatesSettings.STATE_DIRECTORY, folder.resolve(stateFolder).toString());
    environment.put(AggregatesSettings.HEALTH_PORT, Integer.toString(healthPort));
    Path settings = folder.resolve(stateFolder + ".properties");
    Files.writeString(settings, "aggregates.standby.replicas=" + standbys);
    environment.put(PlatformSettings.VARIABLE, settings.toString());
    builder.inheritIO();
    if (log != null) {
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
    }
    Process process = builder.start();
    open.add(process::destroyForcibly);
    return process;
  }

  /** The status of the health endpoint; 0 when nothing listens. */
  static int healthStatus(int port) throws Exception {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health")).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (ConnectException e) {
      return 0;
    }
  }

  void send(RandomHistory history, int changes) throws Exception {
    for (int change = 0; change < changes; change++) {
      RandomHistory.Change next = history.next();
      send(next.key(), next.value());
    }
    acknowledge();
  }

  void acknowledge() throws Exception {
    producer.flush();
    for (Future<RecordMetadata> sent : pending) {
      sent.get(30, TimeUnit.SECONDS);
    }
    pending.clear();
  }

  void send(DailyRecordKey key, DailyRecord value) {
    send(RecordId.parse(key.getTsId()).partition(Topic.DAILY_RECORDS.partitions()), key, value);
  }

  void send(int partition, DailyRecordKey key, DailyRecord value) {
    RecordId id = RecordId.parse(key.getTsId());
    long time = id.bucket() % 2 == 0 ? PRODUCED_AT_2016 : PRODUCED_AT_2100;
    pending.add(
        producer.send(
            new ProducerRecord<>(Topic.DAILY_RECORDS.topicName(), partition, time, key, value)));
  }

  void awaitTables(RandomHistory history) {
    for (Topic topic : Topic.AGGREGATED) {
      Map<SpecificRecord, SpecificRecord> expected = PlainLoop.over(topic, history.records());
      await(topic.topicName())
          .atMost(SOON)
          .untilAsserted(() -> assertThat(tables.get(topic).now()).isEqualTo(expected));
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

package io.furnistream.aggregates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What the application says of transactions that hold it up, to a broker that has them. */
class OpenTransactionsIT extends OnBroker {

  private static final String ID = "holds-it-up";
  private static final String NONE = "No transaction is open, as far as this user may see";
  private static final TopicPartition RECORDS =
      new TopicPartition(Topic.DAILY_RECORDS.topicName(), 0);
  private static final Pattern HANGING =
      Pattern.compile(
          "Hanging transaction in (\\S+)-(\\d+) from offset (\\d+) on: producer (\\d+) epoch (\\d+), .*"
              + " kafka-transactions.sh --bootstrap-server \\S+ --command-config FILE abort"
              + " --topic \\1 --partition \\2 --start-offset \\3; then, .* furnistream aggregates reset");

  @Test
  void namesAnOpenTransactionAndWhatItHoldsUp() throws Exception {
    KafkaProducer<byte[], byte[]> producer = begin();

    List<String> report = report();
    assertThat(report)
        .hasSize(2)
        .first()
        .asString()
        .matches(
            "Transaction holds-it-up: Ongoing for \\d+ s, since \\S+Z, timeout 600 s, producer \\d+"
                + " epoch \\d+, coordinator broker 1, partitions __consumer_offsets-\\d+, daily_records-0");
    assertThat(report.get(1))
        .matches(
            "Offsets of group furnistream-aggregates-\\d+ are not stable, .* daily_records-0 \\(__consumer_offsets-\\d+,"
                + " leader broker 1, 1 of 1 replicas in sync\\)");

    producer.abortTransaction();
    awaitNone();
  }

  @Test
  void theApplicationThatIsHeldUpSaysSo() throws Exception {
    KafkaProducer<byte[], byte[]> producer = begin();
    Path log = folder.resolve("log");
    int port = freePort();
    startProcess("state", port, 0, log);

    await("the log names it")
        .atMost(SOON)
        .until(() -> Files.readString(log).contains("Transaction holds-it-up: Ongoing for "));
    assertThat(healthStatus(port)).isEqualTo(503);

    producer.abortTransaction();
    awaitHealth(port);
  }

  @Test
  void namesAHangingTransactionAndHowToEndIt() throws Exception {
    begin();
    // As after a loss of the coordinator's log: no coordinator will ever end it.
    broker.admin().deleteTopics(List.of("__transaction_state")).all().get(30, TimeUnit.SECONDS);

    await("the coordinator without it")
        .atMost(SOON)
        .until(() -> report().stream().noneMatch(line -> line.startsWith("Transaction ")));
    List<Matcher> hanging =
        report().stream().map(HANGING::matcher).filter(Matcher::matches).toList();
    assertThat(hanging)
        .extracting(each -> each.group(1))
        .containsExactly("__consumer_offsets", "daily_records");

    // What the tool does.
    for (Matcher each : hanging) {
      broker
          .admin()
          .abortTransaction(
              new AbortTransactionSpec(
                  new TopicPartition(each.group(1), Integer.parseInt(each.group(2))),
                  Long.parseLong(each.group(4)),
                  Short.parseShort(each.group(5)),
                  0))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
    awaitNone();
  }

  @Test
  void aBrokerThatDoesNotAnswerIsALine() throws Exception {
    assertThat(
            new OpenTransactions(new AvroClients("127.0.0.1:1", "http://registry.invalid"))
                .report())
        .singleElement()
        .asString()
        .startsWith("No further answer from Kafka: ");
    assertThat(
            new OpenTransactions(new AvroClients("kafka.invalid:9092", "http://registry.invalid"))
                .report())
        .singleElement()
        .asString()
        .startsWith("No further answer from Kafka: ");
  }

  /** Leaves a transaction open that holds offsets of the group, and a record. */
  private KafkaProducer<byte[], byte[]> begin() throws Exception {
    Map<String, Object> settings = new HashMap<>(broker.clients().byteProducer());
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, ID);
    settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 600_000);
    KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings);
    open.add(() -> producer.close(Duration.ZERO));
    producer.initTransactions();
    producer.beginTransaction();
    producer
        .send(new ProducerRecord<>(RECORDS.topic(), RECORDS.partition(), new byte[1], null))
        .get(30, TimeUnit.SECONDS);
    Map<String, Object> ofGroup = new HashMap<>(broker.clients().consumer());
    ofGroup.put(ConsumerConfig.GROUP_ID_CONFIG, StreamsProperties.APPLICATION_ID);
    try (KafkaConsumer<SpecificRecord, SpecificRecord> consumer = new KafkaConsumer<>(ofGroup)) {
      producer.sendOffsetsToTransaction(
          Map.of(RECORDS, new OffsetAndMetadata(1)), consumer.groupMetadata());
    }
    return producer;
  }

  private static void awaitNone() {
    await("no transaction")
        .atMost(SOON)
        .untilAsserted(
            () -> {
              List<String> report = report();
              assertThat(report).hasSize(2).first().isEqualTo(NONE);
              assertThat(report.get(1)).contains(" are stable (__consumer_offsets-");
            });
  }

  private static List<String> report() throws InterruptedException {
    return new OpenTransactions(broker.clients()).report();
  }
}

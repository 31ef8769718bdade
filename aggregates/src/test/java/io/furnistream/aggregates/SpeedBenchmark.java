package io.furnistream.aggregates;

import io.furnistream.schemas.DailyPuRev;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.RecordId;
import io.furnistream.schemas.Topic;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/**
 * How fast the application works off a waiting topic, beside a plain consumer that only decodes it
 * in the same run. Run by hand, see the README:
 *
 * <pre>java -cp … io.furnistream.aggregates.SpeedBenchmark RECORDS [JVM options of the child…]
 * </pre>
 */
final class SpeedBenchmark {

  private static final int DAYS = 31;
  private static final LocalDate FIRST_DAY = LocalDate.of(2023, 12, 1);
  private static final List<String> PLATFORMS = List.of("Store", "Website", "Mobile App", "Phone");
  private static final List<String> CATEGORIES =
      List.of("Furniture", "Office Supplies", "Technology");
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long LIMIT_SECONDS = 900;
  private static final int QUIET_ROUNDS = 5;

  private SpeedBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    int records = Integer.parseInt(arguments[0]);
    List<String> options = List.of(arguments).subList(1, arguments.length);
    Path folder = Files.createTempDirectory("furnistream-speed");
    try (KafkaBroker broker = KafkaBroker.start(folder.resolve("broker"))) {
      broker.createTopics();
      long orders = produce(broker, records);
      double plain = plainRate(broker, records);
      System.out.printf("plain consumer: %.0f records/s%n", plain);
      double rate = applicationRate(broker, folder.resolve("state"), records, options);
      double plainAgain = plainRate(broker, records);
      System.out.printf("plain consumer again: %.0f records/s%n", plainAgain);
      System.out.printf(
          "application: %.0f records/s, %.3f of the plain consumer%n",
          rate, 2 * rate / (plain + plainAgain));
      check(broker, records, orders);
      System.out.printf("state on disk: %,d bytes%n", size(folder.resolve("state")));
      sizes(folder.resolve("broker"))
          .forEach((topic, bytes) -> System.out.printf("  %s: %,d bytes%n", topic, bytes));
    } finally {
      delete(folder);
    }
  }

  /** Fills the topic and returns how many orders there are on all days. */
  @SuppressWarnings("FutureReturnValueIgnored") // the topic's length is checked by the readers
  private static long produce(KafkaBroker broker, int records) throws Exception {
    Set<String> orders = new HashSet<>();
    Map<String, Object> settings = new HashMap<>(broker.clients().producer());
    // A partition that was just created may refuse a first batch, behind which others wait.
    settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    try (KafkaProducer<SpecificRecord, SpecificRecord> producer = new KafkaProducer<>(settings)) {
      for (int n = 0; n < records; n++) {
        LocalDate day = FIRST_DAY.plusDays((long) n * DAYS / records);
        int order = n * 2 / 5;
        int customer = (int) (order * 2_654_435_761L % 20_000 + 20_000) % 20_000;
        int product = (int) (n * 40_503L % 1_800);
        DailyRecordKey key = Sales.key(day, n);
        DailyRecord value =
            Sales.chair(key)
                .setTs(
                    day.atTime(LocalTime.ofSecondOfDay((order * 37L) % 86_400))
                        .toInstant(ZoneOffset.UTC))
                .setOrderId("US-2023-%07d".formatted(order))
                .setCustomerId("CUST-%05d".formatted(customer))
                .setState("State " + customer % 50)
                .setCity("City " + customer % 500)
                .setLatitude(BigDecimal.valueOf(30_000_000L + customer % 500 * 10_007L, 6))
                .setLongitude(BigDecimal.valueOf(-80_000_000L - customer % 500 * 10_009L, 6))
                .setPlatform(PLATFORMS.get(order % 4))
                .setCategory(CATEGORIES.get(product % 3))
                .setSubCategory("Sub-category " + product % 17)
                .setProductId("PROD-%04d".formatted(product))
                .setProductName("A product of the furniture store " + product)
                .setQuantity(1 + n % 9)
                .setRevenue(BigDecimal.valueOf(10_000L + n % 900_000, 4))
                .setProfit(BigDecimal.valueOf(1_000L + n % 90_000, 4))
                .build();
        orders.add(day + value.getOrderId());
        producer.send(
            new ProducerRecord<>(
                Topic.DAILY_RECORDS.topicName(),
                RecordId.parse(key.getTsId()).partition(Topic.DAILY_RECORDS.partitions()),
                key,
                value));
      }
    }
    return orders.size();
  }

  private static double plainRate(KafkaBroker broker, int records) {
    try (KafkaConsumer<SpecificRecord, SpecificRecord> consumer =
        new KafkaConsumer<>(broker.clients().consumer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topic.DAILY_RECORDS.topicName()).stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long start = System.nanoTime();
      long read = 0;
      while (read < records) {
        ConsumerRecords<SpecificRecord, SpecificRecord> next = consumer.poll(POLL);
        read += next.count();
      }
      return read / seconds(start);
    }
  }

  private static double applicationRate(
      KafkaBroker broker, Path state, int records, List<String> options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), AggregatesUnderTest.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    Map<String, String> environment = builder.environment();
    environment.put("MALLOC_ARENA_MAX", "2");
    environment.put("FURNISTREAM_BOOTSTRAP_SERVERS", broker.clients().bootstrapServers());
    environment.put("FURNISTREAM_REGISTRY_URL", TestRegistry.URL);
    environment.put(AggregatesSettings.STATE_DIRECTORY, state.toString());
    environment.put(AggregatesSettings.HEALTH_PORT, "0");
    Process process = builder.start();
    try {
      // From the first record on: how long a JVM takes to start is not how fast it works.
      awaitTrue(process, () -> worked(broker) > 0);
      long start = System.nanoTime();
      long already = worked(broker);
      long readWhen = 0;
      int quiet = 0;
      long end = start;
      String before = "";
      while (quiet < QUIET_ROUNDS) {
        TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        if (seconds(start) > LIMIT_SECONDS || !process.isAlive()) {
          throw new IllegalStateException("Not done after " + seconds(start) + " s");
        }
        boolean read = worked(broker) >= records;
        String now = ends(broker);
        if (!read || !now.equals(before)) {
          quiet = 0;
          end = System.nanoTime();
        } else {
          quiet++;
        }
        if (read && readWhen == 0) {
          readWhen = System.nanoTime();
        }
        before = now;
      }
      System.out.printf(
          "read after %.1f s, done after %.1f s; processor %.1f s; resident %s%n",
          (readWhen - start) / 1e9,
          (end - start) / 1e9,
          process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3,
          resident(process));
      return (records - already) / ((end - start) / 1e9);
    } finally {
      process.destroy();
      process.waitFor(30, TimeUnit.SECONDS);
      process.destroyForcibly();
    }
  }

  /** How many records the application has committed; the topic holds nothing but records. */
  private static long worked(KafkaBroker broker) throws Exception {
    Map<TopicPartition, OffsetAndMetadata> committed =
        broker
            .admin()
            .listConsumerGroupOffsets(StreamsProperties.APPLICATION_ID)
            .partitionsToOffsetAndMetadata()
            .get(30, TimeUnit.SECONDS);
    return committed.entrySet().stream()
        .filter(entry -> entry.getKey().topic().equals(Topic.DAILY_RECORDS.topicName()))
        .filter(entry -> entry.getValue() != null)
        .mapToLong(entry -> entry.getValue().offset())
        .sum();
  }

  /** The ends of all rows' topics: when they rest, nothing is on its way. */
  private static String ends(KafkaBroker broker) throws Exception {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (Topic topic : Outputs.ALL) {
      for (int partition = 0; partition < topic.partitions(); partition++) {
        latest.put(new TopicPartition(topic.topicName(), partition), OffsetSpec.latest());
      }
    }
    Map<String, Long> ends = new TreeMap<>();
    broker
        .admin()
        .listOffsets(latest)
        .all()
        .get(30, TimeUnit.SECONDS)
        .forEach((partition, end) -> ends.put(partition.toString(), end.offset()));
    return ends.toString();
  }

  private static void check(KafkaBroker broker, int records, long orders) {
    long counted = 0;
    long countedOrders = 0;
    for (Topic topic : Outputs.ALL) {
      try (KafkaBroker.TableReader table = broker.table(topic)) {
        Map<SpecificRecord, SpecificRecord> rows = table.now();
        System.out.printf(
            "  %s: %,d rows sent for %,d keys%n", topic.topicName(), table.rows(), rows.size());
        if (topic == Topic.DAILY_PU_REV) {
          for (SpecificRecord row : rows.values()) {
            counted += ((DailyPuRev) row).getDailyRecords();
            countedOrders += ((DailyPuRev) row).getDailyOrders();
          }
        }
      }
    }
    if (counted != records || countedOrders != orders) {
      throw new AssertionError(
          "%d records and %d orders, not %d and %d"
              .formatted(counted, countedOrders, records, orders));
    }
    System.out.println("exact: " + counted + " records, " + countedOrders + " orders");
  }

  private static String resident(Process process) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS"))
          .findFirst()
          .orElse("unknown")
          .replaceAll("\\s+", " ");
    }
  }

  private static Map<String, Long> sizes(Path broker) throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    try (Stream<Path> folders = Files.list(broker)) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        String topic = folder.getFileName().toString().replaceAll("-\\d+$", "");
        if (topic.startsWith("furnistream") || topic.equals("daily_records")) {
          sizes.merge(topic, size(folder), Long::sum);
        }
      }
    }
    return sizes;
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().endsWith("index"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  private static void delete(Path folder) throws IOException {
    Utils.delete(folder.toFile());
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static void awaitTrue(Process process, Condition condition) throws Exception {
    long start = System.nanoTime();
    while (!condition.holds()) {
      if (seconds(start) > LIMIT_SECONDS || !process.isAlive()) {
        throw new IllegalStateException("The application did not begin");
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private interface Condition {
    boolean holds() throws Exception;
  }
}

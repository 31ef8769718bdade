package io.furnistream.endtoend.records;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.furnistream.cli.Endpoints;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What the stores must hold, added up another way: a generic consumer and a plain loop, with none
 * of the platform's own code for reading, folding or adding.
 */
public final class Oracle {

  private static final String TOPIC = "daily_records";
  private static final Duration POLL = Duration.ofMillis(500);

  /** One day's figures. */
  public static final class Day {
    public long records;
    public long quantity;
    public BigDecimal revenue = new BigDecimal("0.0000");
    public BigDecimal profit = new BigDecimal("0.0000");
    public final Set<String> customers = new HashSet<>();
    public final Set<String> orders = new HashSet<>();
    BigInteger ids = BigInteger.ZERO;
    public final Map<String, BigDecimal> revenueOfProduct = new HashMap<>();
    public final Map<String, Set<String>> customersAtPlace = new HashMap<>();

    public String checksum() {
      return String.format("%032x", ids.mod(BigInteger.ONE.shiftLeft(128)));
    }
  }

  private Oracle() {}

  /**
   * Reads the topic daily_records to its present end.
   *
   * @param wanted the days to count, none of which may have records that a rule refuses
   */
  public static Map<LocalDate, Day> days(Endpoints endpoints, Collection<LocalDate> wanted) {
    Map<String, GenericRecord> latest = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                Map.of(
                    "bootstrap.servers",
                    endpoints.bootstrapServers(),
                    "isolation.level",
                    "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        KafkaAvroDeserializer keys = deserializer(endpoints, true);
        KafkaAvroDeserializer values = deserializer(endpoints, false)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(TOPIC).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
          key(keys, each)
              .filter(key -> wanted.contains(day(key)))
              .ifPresent(
                  key ->
                      latest.put(
                          key.get("ts_id").toString(),
                          (GenericRecord) values.deserialize(TOPIC, each.value())));
        }
      }
    }
    Map<LocalDate, Day> days = new TreeMap<>();
    latest.forEach(
        (id, sale) -> {
          if (sale != null) {
            count(days, id, sale);
          }
        });
    return days;
  }

  private static KafkaAvroDeserializer deserializer(Endpoints endpoints, boolean isKey) {
    KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer();
    deserializer.configure(Map.of("schema.registry.url", endpoints.registryUrl()), isKey);
    return deserializer;
  }

  /** Nothing of a record that was sent to be refused: it has no key, or none that can be read. */
  private static Optional<GenericRecord> key(
      KafkaAvroDeserializer keys, ConsumerRecord<byte[], byte[]> sent) {
    try {
      return Optional.ofNullable((GenericRecord) keys.deserialize(TOPIC, sent.key()));
    } catch (SerializationException unreadable) {
      return Optional.empty();
    }
  }

  private static LocalDate day(GenericRecord record) {
    return LocalDate.ofEpochDay((Integer) record.get("ts_date"));
  }

  /** How a product is named in {@link Day#revenueOfProduct}. */
  public static String product(Object category, Object subCategory, Object name) {
    return category + "|" + subCategory + "|" + name;
  }

  /** How a place is named in {@link Day#customersAtPlace}. */
  public static String place(BigDecimal latitude, BigDecimal longitude) {
    return latitude + "|" + longitude;
  }

  private static void count(Map<LocalDate, Day> days, String id, GenericRecord sale) {
    Day day = days.computeIfAbsent(day(sale), absent -> new Day());
    String customer = sale.get("customer_id").toString();
    BigDecimal revenue = decimal(sale.get("revenue"), 4);
    day.records++;
    day.quantity += (Integer) sale.get("quantity");
    day.revenue = day.revenue.add(revenue);
    day.profit = day.profit.add(decimal(sale.get("profit"), 4));
    day.customers.add(customer);
    day.orders.add(sale.get("order_id").toString());
    day.ids = day.ids.add(new BigInteger(id.replace("-", ""), 16));
    String product =
        product(sale.get("category"), sale.get("sub_category"), sale.get("product_name"));
    day.revenueOfProduct.merge(product, revenue, BigDecimal::add);
    String place = place(decimal(sale.get("latitude"), 6), decimal(sale.get("longitude"), 6));
    day.customersAtPlace.computeIfAbsent(place, absent -> new HashSet<>()).add(customer);
  }

  private static BigDecimal decimal(Object bytes, int scale) {
    ByteBuffer buffer = ((ByteBuffer) bytes).duplicate();
    byte[] unscaled = new byte[buffer.remaining()];
    buffer.get(unscaled);
    return new BigDecimal(new BigInteger(unscaled), scale);
  }
}

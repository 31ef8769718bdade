package io.furnistream.command;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * What the stores must hold, added up another way: a generic consumer and a plain loop, with none
 * of the platform's own code for reading, folding or adding.
 */
final class Oracle {

  private static final Duration POLL = Duration.ofMillis(500);

  /** One day's figures. */
  static final class Day {
    long records;
    long quantity;
    BigDecimal revenue = new BigDecimal("0.0000");
    BigDecimal profit = new BigDecimal("0.0000");
    final Set<String> customers = new HashSet<>();
    final Set<String> orders = new HashSet<>();
    BigInteger ids = BigInteger.ZERO;
    final Map<String, BigDecimal> revenueOfProduct = new HashMap<>();
    final Map<String, Set<String>> customersAtPlace = new HashMap<>();

    String checksum() {
      return String.format("%032x", ids.mod(BigInteger.ONE.shiftLeft(128)));
    }
  }

  private Oracle() {}

  /** Reads the topic daily_records to its present end. */
  static Map<LocalDate, Day> days(String bootstrapServers, String registryUrl) {
    Map<String, GenericRecord> latest = new HashMap<>();
    try (KafkaConsumer<GenericRecord, GenericRecord> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "key.deserializer",
                KafkaAvroDeserializer.class,
                "value.deserializer",
                KafkaAvroDeserializer.class,
                "schema.registry.url",
                registryUrl,
                "isolation.level",
                "read_committed"))) {
      List<TopicPartition> partitions =
          consumer.partitionsFor("daily_records").stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<GenericRecord, GenericRecord> each : consumer.poll(POLL)) {
          latest.put(each.key().get("ts_id").toString(), each.value());
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

  private static void count(Map<LocalDate, Day> days, String id, GenericRecord sale) {
    Day day =
        days.computeIfAbsent(
            LocalDate.ofEpochDay((Integer) sale.get("ts_date")), absent -> new Day());
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
        sale.get("category") + "|" + sale.get("sub_category") + "|" + sale.get("product_name");
    day.revenueOfProduct.merge(product, revenue, BigDecimal::add);
    String place = decimal(sale.get("latitude"), 6) + "|" + decimal(sale.get("longitude"), 6);
    day.customersAtPlace.computeIfAbsent(place, absent -> new HashSet<>()).add(customer);
  }

  private static BigDecimal decimal(Object bytes, int scale) {
    ByteBuffer buffer = ((ByteBuffer) bytes).duplicate();
    byte[] unscaled = new byte[buffer.remaining()];
    buffer.get(unscaled);
    return new BigDecimal(new BigInteger(unscaled), scale);
  }
}

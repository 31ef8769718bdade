package io.furnistream.stores.kafka;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Endpoints;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.RunLedger;
import io.furnistream.schemas.RunLedgerKey;
import io.furnistream.schemas.Topic;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;

/** What the topic {@code run_ledger} says of a dataset's days. Not thread-safe. */
public final class DatasetLedger implements AutoCloseable {

  private static final int NOT_FOUND = 404;

  private final Kafka kafka;
  private final Endpoints endpoints;
  private final String dataset;
  private final String ownRun;
  private final KafkaAvroDeserializer keys = new KafkaAvroDeserializer();
  private final KafkaAvroDeserializer values = new KafkaAvroDeserializer();
  private final Map<TopicPartition, Long> next = new HashMap<>();
  private final NavigableMap<LocalDate, RunLedger> days = new TreeMap<>();
  private final Set<String> runs = new LinkedHashSet<>();

  /**
   * The entries of a dataset, none of which is read yet.
   *
   * @param ownRun entries of this run are passed over; empty when there is none
   */
  public DatasetLedger(Kafka kafka, Endpoints endpoints, String dataset, String ownRun) {
    this.kafka = kafka;
    this.endpoints = endpoints;
    this.dataset = dataset;
    this.ownRun = ownRun;
    Map<String, Object> settings =
        new AvroClients(endpoints.kafkaClient(), endpoints.registryClient()).deserializer();
    keys.configure(settings, true);
    values.configure(settings, false);
  }

  /**
   * The latest entry of each of a dataset's days.
   *
   * @throws CannotRunException when Kafka or the registry do not answer
   */
  public static NavigableMap<LocalDate, RunLedger> of(
      Kafka kafka, Endpoints endpoints, String dataset) {
    try (DatasetLedger ledger = new DatasetLedger(kafka, endpoints, dataset, "")) {
      ledger.read();
      return ledger.days();
    }
  }

  /**
   * Reads the entries that were written since the last call.
   *
   * @throws CannotRunException when Kafka or the registry do not answer
   */
  public void read() {
    List<TopicPartition> partitions = kafka.partitions(List.of(Topic.RUN_LEDGER));
    if (next.isEmpty()) {
      next.putAll(kafka.beginningOffsets(partitions));
    }
    Map<TopicPartition, Long> ends = kafka.endOffsets(partitions);
    for (TopicPartition partition : partitions) {
      kafka.read(partition, next.get(partition), ends.get(partition), this::put);
      next.put(partition, ends.get(partition));
    }
  }

  /** The latest of the entries that were read, of each day. */
  public NavigableMap<LocalDate, RunLedger> days() {
    return Collections.unmodifiableNavigableMap(days);
  }

  /** The runs that have written any of them. */
  public Set<String> runs() {
    return Set.copyOf(runs);
  }

  @Override
  public void close() {
    keys.close();
    values.close();
  }

  // What cannot be read states nothing, and does not replace what can; verify warns of it. That the
  // registry does not answer is no fault of an entry.
  private void put(ConsumerRecord<byte[], byte[]> entry) {
    try {
      RunLedgerKey key = (RunLedgerKey) keys.deserialize(entry.topic(), entry.key());
      if (key != null && key.getDataset().equals(dataset)) {
        put(key.getTsDate(), (RunLedger) values.deserialize(entry.topic(), entry.value()));
      }
    } catch (SerializationException e) {
      if (isOfTheRegistry(e.getCause())) {
        throw new CannotRunException(
            "The registry does not answer at %s (%s), so that the ledger cannot be read. Run `furnistream up`, or set %s to where it is."
                .formatted(
                    endpoints.registryUrl(), e.getCause().getMessage(), Endpoints.REGISTRY_URL),
            e);
      }
    } catch (ClassCastException e) {
      return;
    }
  }

  private void put(LocalDate day, RunLedger entry) {
    if (entry == null) {
      days.remove(day);
    } else if (!entry.getRunId().equals(ownRun)) {
      days.put(day, entry);
      runs.add(entry.getRunId());
    }
  }

  private static boolean isOfTheRegistry(Throwable cause) {
    return cause instanceof RestClientException answer
        ? answer.getStatus() != NOT_FOUND
        : cause instanceof IOException;
  }
}

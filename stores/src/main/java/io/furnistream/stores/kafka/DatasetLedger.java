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
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;

/** What the topic {@code run_ledger} says of a dataset's days. */
public final class DatasetLedger {

  private static final int NOT_FOUND = 404;

  private final Endpoints endpoints;
  private final String dataset;
  private final KafkaAvroDeserializer keys = new KafkaAvroDeserializer();
  private final KafkaAvroDeserializer values = new KafkaAvroDeserializer();
  private final TreeMap<LocalDate, RunLedger> days = new TreeMap<>();

  private DatasetLedger(Endpoints endpoints, String dataset) {
    this.endpoints = endpoints;
    this.dataset = dataset;
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
    DatasetLedger ledger = new DatasetLedger(endpoints, dataset);
    try {
      kafka.read(Topic.RUN_LEDGER, ledger::put);
      return ledger.days;
    } finally {
      ledger.keys.close();
      ledger.values.close();
    }
  }

  // What cannot be read states nothing, and does not replace what can; verify warns of it. That the
  // registry does not answer is no fault of an entry.
  private void put(ConsumerRecord<byte[], byte[]> entry) {
    try {
      RunLedgerKey key = (RunLedgerKey) keys.deserialize(entry.topic(), entry.key());
      if (key != null && key.getDataset().equals(dataset)) {
        RunLedger value = (RunLedger) values.deserialize(entry.topic(), entry.value());
        if (value == null) {
          days.remove(key.getTsDate());
        } else {
          days.put(key.getTsDate(), value);
        }
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

  private static boolean isOfTheRegistry(Throwable cause) {
    return cause instanceof RestClientException answer
        ? answer.getStatus() != NOT_FOUND
        : cause instanceof IOException;
  }
}

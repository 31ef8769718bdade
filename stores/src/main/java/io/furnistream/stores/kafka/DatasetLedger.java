package io.furnistream.stores.kafka;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.furnistream.cli.Endpoints;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.RunLedger;
import io.furnistream.schemas.RunLedgerKey;
import io.furnistream.schemas.Topic;
import java.time.LocalDate;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;

/** What the topic {@code run_ledger} says of a dataset's days. */
public final class DatasetLedger {

  private final String dataset;
  private final KafkaAvroDeserializer keys = new KafkaAvroDeserializer();
  private final KafkaAvroDeserializer values = new KafkaAvroDeserializer();
  private final TreeMap<LocalDate, RunLedger> days = new TreeMap<>();

  private DatasetLedger(Endpoints endpoints, String dataset) {
    this.dataset = dataset;
    Map<String, Object> settings =
        new AvroClients(endpoints.kafkaClient(), endpoints.registryClient()).deserializer();
    keys.configure(settings, true);
    values.configure(settings, false);
  }

  /**
   * The latest entry of each of a dataset's days.
   *
   * @throws io.furnistream.cli.CannotRunException when Kafka does not answer
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

  // What cannot be read states nothing, and does not replace what can; verify warns of it.
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
    } catch (SerializationException | ClassCastException e) {
      return;
    }
  }
}

package io.furnistream.endtoend.records;

import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.RunLedger;
import io.furnistream.schemas.RunLedgerKey;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads the ledger's topic. */
public final class KafkaReader implements AutoCloseable {

  private static final TopicPartition LEDGER = new TopicPartition("run_ledger", 0);

  private final KafkaConsumer<RunLedgerKey, RunLedger> consumer;

  public KafkaReader(AvroClients clients) {
    this.consumer = new KafkaConsumer<>(clients.consumer());
  }

  /** The latest entry of a day. */
  public Map.Entry<RunLedgerKey, RunLedger> ledgerEntry(LocalDate day) {
    consumer.assign(List.of(LEDGER));
    consumer.seekToBeginning(List.of(LEDGER));
    long end = consumer.endOffsets(List.of(LEDGER)).get(LEDGER);
    Map.Entry<RunLedgerKey, RunLedger> latest = null;
    while (consumer.position(LEDGER) < end) {
      for (ConsumerRecord<RunLedgerKey, RunLedger> each : consumer.poll(Duration.ofMillis(500))) {
        if (each.key().getTsDate().equals(day)) {
          latest = Map.entry(each.key(), each.value());
        }
      }
    }
    return latest;
  }

  @Override
  public void close() {
    consumer.close();
  }
}

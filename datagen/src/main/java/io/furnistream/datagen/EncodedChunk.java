package io.furnistream.datagen;

import io.furnistream.datagen.pipeline.OrderedWorkers;
import io.furnistream.producing.RecordEncoder;
import io.furnistream.schemas.DayFigures;
import io.furnistream.schemas.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Generates a part of a day as it goes to Kafka, and adds up what it holds. */
final class EncodedChunk implements OrderedWorkers.Work<List<ProducerRecord<byte[], byte[]>>> {

  /** So many that threads seldom wait for one another, and so few that memory does not matter. */
  private static final int TOGETHER = 500;

  private final OrderedWorkers.Work<GeneratedRecord> chunk;
  private final RecordEncoder encoder;
  private final DayFigures figures = new DayFigures();

  /**
   * A part of a day.
   *
   * @param chunk generates its records
   * @param encoder that no other thread uses
   */
  EncodedChunk(OrderedWorkers.Work<GeneratedRecord> chunk, RecordEncoder encoder) {
    this.chunk = chunk;
    this.encoder = encoder;
  }

  @Override
  public void run(Consumer<List<ProducerRecord<byte[], byte[]>>> results) {
    Batch batch = new Batch(results);
    chunk.run(
        sale -> {
          figures.add(sale.id().uuid(), sale.value());
          batch.add(encode(sale));
        });
    batch.handOn();
  }

  /** What it holds; to be asked for once the last result was taken. */
  DayFigures figures() {
    return figures;
  }

  private ProducerRecord<byte[], byte[]> encode(GeneratedRecord sale) {
    return encoder.encode(
        Topic.DAILY_RECORDS,
        sale.id().partition(Topic.DAILY_RECORDS.partitions()),
        sale.value().getTs(),
        sale.key(),
        sale.value(),
        List.of());
  }

  /** Collects records and hands them on together. */
  private static final class Batch {
    private final Consumer<List<ProducerRecord<byte[], byte[]>>> results;
    private List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(TOGETHER);

    private Batch(Consumer<List<ProducerRecord<byte[], byte[]>>> results) {
      this.results = results;
    }

    private void add(ProducerRecord<byte[], byte[]> record) {
      records.add(record);
      if (records.size() == TOGETHER) {
        handOn();
      }
    }

    private void handOn() {
      results.accept(records);
      records = new ArrayList<>(TOGETHER);
    }
  }
}

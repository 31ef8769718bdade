package io.furnistream.datagen;

import io.furnistream.datagen.pipeline.Batches;
import io.furnistream.datagen.pipeline.OrderedWorkers;
import io.furnistream.datagen.sales.GeneratedRecord;
import io.furnistream.producing.RecordEncoder;
import io.furnistream.schemas.DayFigures;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Generates a part of a day as it goes to Kafka, and adds up what it holds. */
final class EncodedChunk implements OrderedWorkers.Work<List<ProducerRecord<byte[], byte[]>>> {

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
    Batches<ProducerRecord<byte[], byte[]>> batches = new Batches<>(results);
    chunk.run(
        sale -> {
          figures.add(sale.id().uuid(), sale.value());
          batches.add(sale.encoded(encoder, List.of()));
        });
    batches.handOn();
  }

  /** What it holds; to be asked for once the last result was taken. */
  DayFigures figures() {
    return figures;
  }
}

package io.furnistream.datagen.live;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.StopSignal;
import io.furnistream.cli.Stopwatch;
import io.furnistream.datagen.sales.GeneratedRecord;
import io.furnistream.producing.Delivery;
import io.furnistream.producing.Publisher;
import io.furnistream.producing.RecordEncoder;
import io.furnistream.schemas.DatasetHeader;
import io.furnistream.schemas.DaySums;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** Sends the orders of a live run and knows which of them Kafka has. Not thread-safe. */
final class LiveSender {

  /** How long a run that was asked to stop waits for what is on its way. */
  private static final Duration STOP_WITHIN = Duration.ofSeconds(15);

  private static final Duration LOOK_EVERY = Duration.ofMillis(5);

  private final Publisher publisher;
  private final StopSignal stop;
  private final RecordEncoder encoder;
  private final List<Header> headers;
  private final Delivery records;
  private final DaySums sums = new DaySums();

  /**
   * A sender.
   *
   * @param dataset its name, which each record has in a header
   */
  LiveSender(String dataset, Publisher publisher, StopSignal stop) {
    this.publisher = publisher;
    this.stop = stop;
    this.encoder = publisher.encoder();
    this.headers = List.of(new DatasetHeader(dataset).header());
    this.records = publisher.delivery();
  }

  /** Sends the lines of an order. */
  void send(List<GeneratedRecord> order) {
    List<ProducerRecord<byte[], byte[]>> encoded = new ArrayList<>(order.size());
    for (GeneratedRecord sale : order) {
      sums.add(sale.id().uuid(), sale.value());
      encoded.add(sale.encoded(encoder, headers));
    }
    publisher.send(encoded, records);
  }

  /** What was sent. */
  DaySums sums() {
    return sums;
  }

  /**
   * Whether fewer records than so many are on their way to Kafka; waits a moment when they are not.
   *
   * @throws CannotRunException when there is a record that Kafka did not take
   */
  boolean hasRoom(long most) {
    return publisher.unacknowledged(records) < most || publisher.await(records, LOOK_EVERY);
  }

  /**
   * Waits until Kafka has acknowledged all records that were sent.
   *
   * @throws CannotRunException when it did not take one, or has not soon after the run was asked to
   *     stop
   */
  void awaitRecords() {
    await(records);
  }

  /**
   * Waits until Kafka has acknowledged what was sent.
   *
   * @throws CannotRunException when it did not take it, or has not soon after the run was asked to
   *     stop
   */
  void await(Delivery sent) {
    Stopwatch sinceAsked = null;
    while (!publisher.await(sent, LOOK_EVERY)) {
      if (sinceAsked == null && stop.isRequested()) {
        sinceAsked = Stopwatch.start();
      }
      if (sinceAsked != null && sinceAsked.elapsed().compareTo(STOP_WITHIN) > 0) {
        throw new CannotRunException(
            "Stopped before Kafka had acknowledged everything: the ledger has the day up to its latest minute. Start the same again, and it goes on from there.");
      }
    }
  }
}

package io.furnistream.benchmarks.aggregates;

import io.furnistream.cli.Deadline;
import io.furnistream.cli.Endpoints;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.DailyRecord;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A day whose sales come at a steady rate, and the watch for the rows of some of them. */
final class SteadySales {

  private static final int WATCH_ONE_IN = 10;
  private static final long STEP_MILLIS = 20;
  private static final Duration LANDED_WITHIN = Duration.ofSeconds(60);

  private final LocalDate day;
  private final int rate;
  // By the customer whom only the watched record has; when it was acknowledged.
  private final Map<String, Long> awaited = new ConcurrentHashMap<>();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final List<Double> seconds = new ArrayList<>();

  /**
   * Sales of a day on which there are no others.
   *
   * @param rate records a second
   */
  SteadySales(LocalDate day, int rate) {
    this.day = day;
    this.rate = rate;
  }

  /**
   * Produces at the rate and returns how many seconds each watched record took from Kafka's
   * acknowledgement until a query showed its row, to the {@value #STEP_MILLIS} ms (and what the
   * query takes) between two looks.
   *
   * @param leadIn at the same rate before the watch begins
   * @throws IllegalStateException when a record does not land, or the day does not come out exact
   */
  List<Double> produceAndWatch(Endpoints endpoints, Duration leadIn, Duration measured)
      throws Exception {
    AvroClients clients = new AvroClients(endpoints.kafkaClient(), endpoints.registryClient());
    int unwatched = Math.toIntExact(rate * leadIn.toSeconds());
    int all = Math.toIntExact(unwatched + rate * measured.toSeconds());
    try (Connection database =
            DriverManager.getConnection(
                endpoints.postgresUrl(), endpoints.postgresUser(), endpoints.postgresPassword());
        KafkaProducer<SpecificRecord, SpecificRecord> producer =
            new KafkaProducer<>(clients.producer())) {
      long start = System.nanoTime();
      int sent = 0;
      while (sent < all) {
        long due = Math.min(all, (System.nanoTime() - start) * rate / 1_000_000_000);
        for (; sent < due; sent++) {
          send(producer, sent, sent >= unwatched);
        }
        look(database);
      }
      producer.flush();
      Deadline landing = Deadline.in(LANDED_WITHIN);
      while (!awaited.isEmpty() || records(database) != all) {
        if (landing.hasPassed()) {
          throw new IllegalStateException(
              "%d rows are missing, and the day has %d records of %d"
                  .formatted(awaited.size(), records(database), all));
        }
        look(database);
      }
    }
    return seconds;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback sees every failure
  private void send(KafkaProducer<SpecificRecord, SpecificRecord> producer, int n, boolean watch) {
    DailyRecord.Builder sale = ShopSale.number(n, day);
    boolean alone = n % WATCH_ONE_IN == 0;
    if (alone) {
      sale.setCustomerId("CUST-ALONE-%07d".formatted(n));
    }
    ProducerRecord<SpecificRecord, SpecificRecord> record = ShopSale.toProduce(sale.build());
    producer.send(
        record,
        (metadata, error) -> {
          if (error != null) {
            failure.compareAndSet(null, error);
          } else if (alone && watch) {
            awaited.put(((DailyRecord) record.value()).getCustomerId(), System.nanoTime());
          }
        });
  }

  /** Takes the time of every awaited row that is there by now. */
  private void look(Connection database) throws SQLException, InterruptedException {
    if (failure.get() != null) {
      throw new IllegalStateException("Kafka did not take a record", failure.get());
    }
    TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
    if (awaited.isEmpty()) {
      return;
    }
    Array customers = database.createArrayOf("text", awaited.keySet().toArray());
    try (PreparedStatement query =
        database.prepareStatement(
            "SELECT customer_id FROM daily_report.daily_customer"
                + " WHERE ts_date = ? AND customer_id = ANY (?)")) {
      query.setObject(1, day);
      query.setArray(2, customers);
      try (ResultSet landed = query.executeQuery()) {
        long now = System.nanoTime();
        while (landed.next()) {
          seconds.add((now - awaited.remove(landed.getString(1))) / 1e9);
        }
      }
    }
  }

  private long records(Connection database) throws SQLException {
    try (PreparedStatement query =
        database.prepareStatement("SELECT records FROM daily_report.live_kpis WHERE ts_date = ?")) {
      query.setObject(1, day);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }
}

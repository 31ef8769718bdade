package io.furnistream.benchmarks.aggregates;

import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.DailyPuRev;
import io.furnistream.schemas.DailyRecord;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;

/** Records of 31 days that wait in the topic, and their totals by a plain loop. */
final class WaitingMonth {

  private static final LocalDate FIRST_DAY = LocalDate.of(2023, 12, 1);
  private static final int DAYS = 31;
  private static final DailyPuRev NOTHING =
      new DailyPuRev(0L, 0L, 0L, 0L, BigDecimal.ZERO, BigDecimal.ZERO);

  private final Map<LocalDate, DailyPuRev> days = new HashMap<>();
  private BigDecimal revenue = BigDecimal.ZERO;

  private WaitingMonth() {}

  /** Fills the topic, day after day. */
  @SuppressWarnings("FutureReturnValueIgnored") // the callback sees every failure
  static WaitingMonth produce(AvroClients clients, int records) {
    WaitingMonth month = new WaitingMonth();
    AtomicReference<Exception> failure = new AtomicReference<>();
    try (KafkaProducer<SpecificRecord, SpecificRecord> producer =
        new KafkaProducer<>(clients.producer())) {
      Set<String> customers = new HashSet<>();
      Set<String> orders = new HashSet<>();
      for (int n = 0; n < records; n++) {
        LocalDate date = FIRST_DAY.plusDays((long) n * DAYS / records);
        DailyRecord sale = ShopSale.number(n, date).build();
        producer.send(
            ShopSale.toProduce(sale),
            (metadata, error) -> {
              if (error != null) {
                failure.compareAndSet(null, error);
              }
            });
        if (!month.days.containsKey(date)) {
          customers.clear();
          orders.clear();
        }
        customers.add(sale.getCustomerId());
        orders.add(sale.getOrderId());
        month.add(sale, customers.size(), orders.size());
      }
    }
    if (failure.get() != null) {
      throw new IllegalStateException("Kafka did not take all records", failure.get());
    }
    return month;
  }

  private void add(DailyRecord sale, long customers, long orders) {
    DailyPuRev soFar = days.getOrDefault(sale.getTsDate(), NOTHING);
    days.put(
        sale.getTsDate(),
        new DailyPuRev(
            soFar.getDailyRecords() + 1,
            customers,
            orders,
            soFar.getDailyQuantity() + sale.getQuantity(),
            soFar.getDailyRev().add(sale.getRevenue()),
            soFar.getDailyProfit().add(sale.getProfit())));
    revenue = revenue.add(sale.getRevenue());
  }

  /** What {@code daily_pu_rev} must hold. */
  Map<LocalDate, DailyPuRev> days() {
    return days;
  }

  /** What the revenue of every table that states one must add up to. */
  BigDecimal revenue() {
    return revenue;
  }
}

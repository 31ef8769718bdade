package io.furnistream.benchmarks.aggregates;

import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.Money;
import io.furnistream.schemas.RecordId;
import io.furnistream.schemas.Topic;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The sales of a store that both benchmarks of the aggregates work on, the same each time: two and
 * a half records an order, 20,000 customers in 500 places, 1,800 products, four platforms.
 */
final class ShopSale {

  private static final int CUSTOMERS = 20_000;
  private static final int PLACES = 500;
  private static final int STATES = 50;
  private static final int PRODUCTS = 1_800;
  private static final int SUB_CATEGORIES = 17;
  private static final int SECONDS = 86_400;
  private static final List<String> PLATFORMS = List.of("Store", "Website", "Mobile App", "Phone");
  private static final List<String> CATEGORIES =
      List.of("Furniture", "Office Supplies", "Technology");

  private ShopSale() {}

  /** The n-th sale, on a day, in UTC; its revenue and profit are made up and not of its price. */
  static DailyRecord.Builder number(int n, LocalDate day) {
    int order = (int) (n * 2L / 5);
    int customer = Math.floorMod(order * 2_654_435_761L, CUSTOMERS);
    int place = customer % PLACES;
    int product = Math.floorMod(n * 40_503L, PRODUCTS);
    return DailyRecord.newBuilder()
        .setTsId(RecordId.of("aggregates-benchmark", Integer.toString(n)).text())
        .setTs(day.atTime(LocalTime.ofSecondOfDay(order * 37L % SECONDS)).toInstant(ZoneOffset.UTC))
        .setTsDate(day)
        .setOrderId("US-2023-%07d".formatted(order))
        .setLine(1)
        .setCustomerId("CUST-%05d".formatted(customer))
        .setCustomerName("Ada")
        .setSegment("Consumer")
        .setCountry("Denmark")
        .setState("State " + customer % STATES)
        .setCity("City " + place)
        .setLatitude(BigDecimal.valueOf(30_000_000L + place * 10_007L, 6))
        .setLongitude(BigDecimal.valueOf(-80_000_000L - place * 10_009L, 6))
        .setPlatform(PLATFORMS.get(order % PLATFORMS.size()))
        .setPaymentMethod("Cash")
        .setCategory(CATEGORIES.get(product % CATEGORIES.size()))
        .setSubCategory("Sub-category " + product % SUB_CATEGORIES)
        .setProductId("PROD-%04d".formatted(product))
        .setProductName("A product of the furniture store " + product)
        .setPrice(new BigDecimal("100.0000"))
        .setUnitCost(new BigDecimal("80.0000"))
        .setQuantity(1 + n % 9)
        .setDiscount(new BigDecimal("0.0000"))
        .setRevenue(BigDecimal.valueOf(10_000L + n % 900_000, Money.SCALE))
        .setProfit(BigDecimal.valueOf(1_000L + n % 90_000, Money.SCALE));
  }

  /** The record as the platform's producers write it: partitioned by its id. */
  static ProducerRecord<SpecificRecord, SpecificRecord> toProduce(DailyRecord sale) {
    RecordId id = RecordId.parse(sale.getTsId());
    return new ProducerRecord<>(
        Topic.DAILY_RECORDS.topicName(),
        id.partition(Topic.DAILY_RECORDS.partitions()),
        new DailyRecordKey(sale.getTsDate(), id.bucket(), id.text()),
        sale);
  }
}

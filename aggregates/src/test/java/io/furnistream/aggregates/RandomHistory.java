package io.furnistream.aggregates;

import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A random sequence of inserts, duplicates, corrections and tombstones over few keys, customers,
 * orders, products and places, so that they meet often. The same seed gives the same sequence.
 */
final class RandomHistory {

  /** One message: a tombstone when the value is null. */
  record Change(DailyRecordKey key, DailyRecord value) {}

  // By UTF-16, the last comes before the one above it; by code points it does not.
  private static final List<String> CITIES = List.of("Aarhus", "Århus", "\uFFFDby", "𝔸by", "");
  private static final List<String> STATES = List.of("Midtjylland", "Midt", "");
  private static final List<String> CATEGORIES = List.of("Furniture", "Furniture ", "Technology");
  private static final List<String> PRODUCTS = List.of("Stool", "Desk", "", "Schreibtisch \"XL\"");
  private static final List<String> PLATFORMS = List.of("Store", "Phone");
  private static final List<String> LATITUDES = List.of("56.162900", "-33.000001", "0.000000");

  private final Random random;
  private final int ids;
  private final int days;
  private final int people;
  private final Map<DailyRecordKey, DailyRecord> table = new HashMap<>();

  /**
   * A history of some size.
   *
   * @param ids how many record ids there are; each may occur on each day
   * @param days how many days, from long ago to far ahead
   * @param people how many customers, and how many orders
   */
  RandomHistory(long seed, int ids, int days, int people) {
    this.random = new Random(seed);
    this.ids = ids;
    this.days = days;
    this.people = people;
  }

  /** The records that are there after every change so far. */
  Collection<DailyRecord> records() {
    return table.values();
  }

  /** As {@link #records}, with their keys. */
  Map<DailyRecordKey, DailyRecord> table() {
    return table;
  }

  Change next() {
    DailyRecordKey key =
        Sales.key(Sales.DAY.plusDays(5_000L * random.nextInt(days)), random.nextInt(ids));
    DailyRecord before = table.get(key);
    DailyRecord after;
    int dice = random.nextInt(100);
    if (before == null) {
      after = dice < 90 ? record(key) : null;
    } else if (dice < 25) {
      after = before;
    } else if (dice < 70) {
      after = corrected(key, before);
    } else {
      after = null;
    }
    if (after == null) {
      table.remove(key);
    } else {
      table.put(key, after);
    }
    return new Change(key, after);
  }

  private DailyRecord corrected(DailyRecordKey key, DailyRecord before) {
    DailyRecord other = record(key);
    return switch (random.nextInt(8)) {
      case 0 -> DailyRecord.newBuilder(before).setCustomerId(other.getCustomerId()).build();
      case 1 -> DailyRecord.newBuilder(before).setOrderId(other.getOrderId()).build();
      case 2 -> DailyRecord.newBuilder(before).setProductName(other.getProductName()).build();
      case 3 ->
          DailyRecord.newBuilder(before)
              .setLatitude(other.getLatitude())
              .setLongitude(other.getLongitude())
              .build();
      case 5 -> DailyRecord.newBuilder(before).setTs(other.getTs()).build();
      case 6 -> DailyRecord.newBuilder(before).setPlatform(other.getPlatform()).build();
      case 4 -> DailyRecord.newBuilder(before).setCity(other.getCity()).build();
      default -> other;
    };
  }

  private DailyRecord record(DailyRecordKey key) {
    return Sales.chair(key)
        .setCustomerId("customer-" + random.nextInt(people))
        .setOrderId("order-" + random.nextInt(people))
        .setTs(
            key.getTsDate()
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant()
                // Into the days beside it too, and a few moments only, so that they meet often.
                .plusSeconds(40_000L * (random.nextInt(5) - 1) + random.nextInt(3))
                .plusMillis(random.nextInt(2)))
        .setPlatform(any(PLATFORMS))
        .setProductId("product-" + random.nextInt(3))
        .setCountry(any(STATES))
        .setCity(any(CITIES))
        .setState(any(STATES))
        .setLatitude(random.nextInt(5) == 0 ? null : new BigDecimal(any(LATITUDES)))
        .setLongitude(random.nextInt(5) == 0 ? null : new BigDecimal("-10.203900"))
        .setCategory(any(CATEGORIES))
        .setProductName(any(PRODUCTS))
        .setQuantity(random.nextInt(8) - 2)
        .setRevenue(BigDecimal.valueOf(random.nextInt(2_000_000) - 500_000, 4))
        .setProfit(random.nextInt(4) == 0 ? null : BigDecimal.valueOf(random.nextInt(400_000), 4))
        .build();
  }

  private String any(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }
}

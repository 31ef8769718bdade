package io.furnistream.aggregates.testing;

import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * A random sequence of inserts, duplicates, corrections and tombstones over few keys, customers,
 * orders, products and places, so that they meet often; some of them unsound, which change nothing.
 * What is sound is said here by hand, not by the rules. The same seed gives the same sequence.
 */
public final class RandomHistory {

  /**
   * One message: a tombstone when the value is null.
   *
   * @param sound whether it counts
   */
  public record Change(DailyRecordKey key, DailyRecord value, boolean sound) {}

  // By UTF-16, the last comes before the one above it; by code points it does not.
  private static final List<String> CITIES = List.of("Aarhus", "Århus", "\uFFFDby", "𝔸by", "");
  private static final List<String> STATES = List.of("Midtjylland", "Midt", "unknown");
  private static final List<String> CATEGORIES = List.of("Furniture", "Furniture ", "Technology");
  private static final List<String> PRODUCTS = List.of("Stool", "Desk", "-", "Schreibtisch \"XL\"");
  private static final List<String> PLATFORMS = List.of("Store", "Phone");
  private static final List<String> LATITUDES = List.of("56.162900", "-33.000001", "0.000000");

  /** 1970-01-02T00:00:00Z and 2199-12-31T23:59:59.999Z: within them a time is sound. */
  private static final long FIRST_MOMENT = 86_400_000L;

  private static final long LAST_MOMENT = 7_258_118_399_999L;

  private final Random random;
  private final int ids;
  private final int days;
  private final int people;
  private final Map<DailyRecordKey, DailyRecord> table = new HashMap<>();
  private int unsound;

  /**
   * A history of some size.
   *
   * @param ids how many record ids there are; each may occur on each day
   * @param days how many days, from long ago to far ahead
   * @param people how many customers, and how many orders
   */
  public RandomHistory(long seed, int ids, int days, int people) {
    this.random = new Random(seed);
    this.ids = ids;
    this.days = days;
    this.people = people;
  }

  /** The records that are there after every change so far. */
  public Collection<DailyRecord> records() {
    return table.values();
  }

  /** As {@link #records}, with their keys. */
  public Map<DailyRecordKey, DailyRecord> table() {
    return table;
  }

  /** How many unsound messages there were so far. */
  public int unsound() {
    return unsound;
  }

  public Change next() {
    DailyRecordKey key =
        Sales.key(Sales.DAY.plusDays(5_000L * random.nextInt(days)), random.nextInt(ids));
    if (random.nextInt(50) == 0) {
      unsound++;
      return new Change(broken(key), random.nextBoolean() ? null : table.get(key), false);
    }
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
    if (after != null && random.nextInt(4) == 0) {
      after = atTheEdge(after);
    }
    if (!isSound(key, after)) {
      unsound++;
      return new Change(key, after, false);
    }
    if (after == null) {
      table.remove(key);
    } else {
      table.put(key, after);
    }
    return new Change(key, after, true);
  }

  private DailyRecordKey broken(DailyRecordKey key) {
    return switch (random.nextInt(5)) {
      case 0 -> new DailyRecordKey(key.getTsDate(), 16, key.getTsId());
      case 1 -> new DailyRecordKey(key.getTsDate(), -1, key.getTsId());
      case 2 -> new DailyRecordKey(key.getTsDate(), (key.getBucket() + 1) % 16, key.getTsId());
      case 3 ->
          new DailyRecordKey(
              LocalDate.ofEpochDay(Integer.MAX_VALUE), key.getBucket(), key.getTsId());
      default ->
          new DailyRecordKey(
              key.getTsDate(), key.getBucket(), key.getTsId().toUpperCase(Locale.ROOT));
    };
  }

  /** One field on this side or on the other side of what is sound. */
  private DailyRecord atTheEdge(DailyRecord sale) {
    DailyRecord.Builder edge = DailyRecord.newBuilder(sale);
    boolean out = random.nextBoolean();
    switch (random.nextInt(21)) {
      case 0 -> edge.setQuantity(out ? 100_001 : 100_000);
      case 1 -> edge.setQuantity(out ? -100_001 : -100_000);
      case 2 -> edge.setDiscount(new BigDecimal(out ? "1.0001" : "1.0000"));
      case 3 -> edge.setDiscount(new BigDecimal(out ? "-0.0001" : "0.0000"));
      case 4 -> edge.setPrice(new BigDecimal(out ? "-0.0001" : "0.0000"));
      case 5 -> edge.setUnitCost(out ? new BigDecimal("-0.0001") : null);
      case 6 -> edge.setLatitude(new BigDecimal(out ? "90.000001" : "90.000000"));
      case 7 -> edge.setLatitude(new BigDecimal(out ? "-90.000001" : "-90.000000"));
      case 8 -> edge.setLongitude(new BigDecimal(out ? "180.000001" : "180.000000"));
      case 9 -> edge.setLine(out ? 0 : 1);
      case 10 -> edge.setTsId(out ? sale.getTsId().substring(1) : sale.getTsId());
      case 11 -> edge.setCustomerId(out ? " \t" : " 1");
      case 12 -> edge.setState("𝔸".repeat(out ? 101 : 100));
      case 13 -> edge.setProductName(out ? "a\0b" : "a\nb");
      case 14 -> edge.setProductName("x".repeat(out ? 401 : 400));
      case 15 -> edge.setTs(Instant.ofEpochMilli(out ? LAST_MOMENT + 1 : LAST_MOMENT));
      case 16 -> edge.setTs(Instant.ofEpochMilli(out ? FIRST_MOMENT - 1 : FIRST_MOMENT));
      case 17 -> edge.setTs(out ? Instant.ofEpochMilli(1_700_000_000_000_000_000L) : sale.getTs());
      case 18 -> edge.setTsDate(sale.getTsDate().plusDays(out ? 1 : 0));
      case 19 -> edge.setLine(out ? 1_000_001 : 1_000_000);
      default -> edge.setOrderId(out ? "" : "o");
    }
    return edge.build();
  }

  private static boolean isSound(DailyRecordKey key, DailyRecord sale) {
    return sale == null
        || (sale.getTsId().equals(key.getTsId())
            && sale.getTsDate().equals(key.getTsDate())
            && sale.getTs().toEpochMilli() >= FIRST_MOMENT
            && sale.getTs().toEpochMilli() <= LAST_MOMENT
            && isName(sale.getOrderId(), 100)
            && isName(sale.getCustomerId(), 100)
            && isName(sale.getCountry(), 100)
            && isName(sale.getState(), 100)
            && isName(sale.getPlatform(), 100)
            && isName(sale.getCategory(), 100)
            && isName(sale.getSubCategory(), 100)
            && isName(sale.getProductId(), 100)
            && isName(sale.getProductName(), 400)
            && sale.getLine() >= 1
            && sale.getLine() <= 1_000_000
            && sale.getQuantity() != 0
            && Math.abs(sale.getQuantity()) <= 100_000
            && isWithin(sale.getDiscount(), 0, 1)
            && sale.getPrice().signum() >= 0
            && (sale.getUnitCost() == null || sale.getUnitCost().signum() >= 0)
            && (sale.getLatitude() == null || isWithin(sale.getLatitude(), -90, 90))
            && (sale.getLongitude() == null || isWithin(sale.getLongitude(), -180, 180)));
  }

  private static boolean isName(String text, int longest) {
    return !text.isBlank() && !text.contains("\0") && text.codePoints().count() <= longest;
  }

  private static boolean isWithin(BigDecimal value, int least, int most) {
    return value.doubleValue() >= least && value.doubleValue() <= most;
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
                // Into the neighbouring days too, and only a few moments, so that they meet often.
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

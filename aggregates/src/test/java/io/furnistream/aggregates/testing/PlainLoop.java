package io.furnistream.aggregates.testing;

import io.furnistream.schemas.DailyAddress;
import io.furnistream.schemas.DailyAddressKey;
import io.furnistream.schemas.DailyCategoryProduct;
import io.furnistream.schemas.DailyCategoryProductKey;
import io.furnistream.schemas.DailyCustomer;
import io.furnistream.schemas.DailyCustomerKey;
import io.furnistream.schemas.DailyPlatformProduct;
import io.furnistream.schemas.DailyPlatformProductKey;
import io.furnistream.schemas.DailyPuRev;
import io.furnistream.schemas.DailyPuRevKey;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyState;
import io.furnistream.schemas.DailyStateKey;
import io.furnistream.schemas.LiveKpis;
import io.furnistream.schemas.LiveKpisKey;
import io.furnistream.schemas.RecentRecords;
import io.furnistream.schemas.RecentRecordsKey;
import io.furnistream.schemas.SalesByMinute;
import io.furnistream.schemas.SalesByMinuteKey;
import io.furnistream.schemas.Topic;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/**
 * What the topics must hold, computed by a loop over the records that are left at the end; of an
 * aggregate that has no loop here, as verify works it out.
 */
public final class PlainLoop {

  private static final Comparator<String> BY_CODE_POINTS =
      (left, right) -> Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray());

  private PlainLoop() {}

  public static Map<SpecificRecord, SpecificRecord> over(
      Topic topic, Collection<DailyRecord> records) {
    return switch (topic) {
      case DAILY_PU_REV -> daysOf(records);
      case DAILY_CATEGORY_PRODUCT -> productsOf(records);
      case DAILY_ADDRESS -> addressesOf(records);
      case DAILY_PLATFORM_PRODUCT -> platformProductsOf(records);
      case SALES_BY_MINUTE -> minutesOf(records);
      case DAILY_STATE -> statesOf(records);
      case DAILY_CUSTOMER -> customersOf(records);
      case LIVE_KPIS -> kpisOf(records);
      case RECENT_RECORDS -> latestOf(records);
      default -> VerifiedRows.over(topic, records);
    };
  }

  private static Map<SpecificRecord, SpecificRecord> daysOf(Collection<DailyRecord> records) {
    Map<SpecificRecord, SpecificRecord> rows = new HashMap<>();
    records.stream()
        .collect(Collectors.groupingBy(DailyRecord::getTsDate))
        .forEach(
            (day, sold) -> {
              Set<String> customers = new HashSet<>();
              Set<String> orders = new HashSet<>();
              for (DailyRecord one : sold) {
                customers.add(one.getCustomerId());
                orders.add(one.getOrderId());
              }
              rows.put(
                  new DailyPuRevKey(day),
                  new DailyPuRev(
                      (long) sold.size(),
                      (long) customers.size(),
                      (long) orders.size(),
                      quantity(sold),
                      revenue(sold),
                      profit(sold)));
            });
    return rows;
  }

  private static Map<SpecificRecord, SpecificRecord> productsOf(Collection<DailyRecord> records) {
    Map<SpecificRecord, SpecificRecord> rows = new HashMap<>();
    records.stream()
        .collect(
            Collectors.groupingBy(
                one ->
                    new DailyCategoryProductKey(
                        one.getTsDate(),
                        one.getCategory(),
                        one.getSubCategory(),
                        one.getProductName())))
        .forEach(
            (key, sold) ->
                rows.put(
                    key, new DailyCategoryProduct(quantity(sold), revenue(sold), profit(sold))));
    return rows;
  }

  private static Map<SpecificRecord, SpecificRecord> addressesOf(Collection<DailyRecord> records) {
    Map<SpecificRecord, SpecificRecord> rows = new HashMap<>();
    records.stream()
        .filter(one -> one.getLatitude() != null && one.getLongitude() != null)
        .collect(
            Collectors.groupingBy(
                one -> new DailyAddressKey(one.getTsDate(), one.getLatitude(), one.getLongitude())))
        .forEach(
            (key, sold) -> {
              DailyRecord first =
                  sold.stream()
                      .min(
                          Comparator.comparing(DailyRecord::getCity, BY_CODE_POINTS)
                              .thenComparing(DailyRecord::getState, BY_CODE_POINTS)
                              .thenComparing(DailyRecord::getCountry, BY_CODE_POINTS))
                      .orElseThrow();
              long customers = sold.stream().map(DailyRecord::getCustomerId).distinct().count();
              rows.put(
                  key,
                  new DailyAddress(
                      first.getCity(), first.getState(), first.getCountry(), customers));
            });
    return rows;
  }

  private static Map<SpecificRecord, SpecificRecord> platformProductsOf(
      Collection<DailyRecord> records) {
    return rows(
        records,
        one -> new DailyPlatformProductKey(one.getTsDate(), one.getPlatform(), one.getProductId()),
        sold -> new DailyPlatformProduct(quantity(sold), revenue(sold), profit(sold)));
  }

  private static Map<SpecificRecord, SpecificRecord> minutesOf(Collection<DailyRecord> records) {
    return rows(
        records,
        one ->
            new SalesByMinuteKey(
                one.getTs().truncatedTo(ChronoUnit.MINUTES), one.getCategory(), one.getPlatform()),
        sold ->
            new SalesByMinute(
                distinct(sold, DailyRecord::getOrderId),
                quantity(sold),
                revenue(sold),
                profit(sold)));
  }

  private static Map<SpecificRecord, SpecificRecord> statesOf(Collection<DailyRecord> records) {
    return rows(
        records,
        one -> new DailyStateKey(one.getTsDate(), one.getCountry(), one.getState()),
        sold ->
            new DailyState(
                distinct(sold, DailyRecord::getCustomerId),
                distinct(sold, DailyRecord::getOrderId),
                revenue(sold),
                profit(sold)));
  }

  private static Map<SpecificRecord, SpecificRecord> customersOf(Collection<DailyRecord> records) {
    return rows(
        records,
        one ->
            new DailyCustomerKey(
                one.getTsDate(), one.getCustomerId(), one.getCategory(), one.getState()),
        sold ->
            new DailyCustomer(
                distinct(sold, DailyRecord::getOrderId),
                quantity(sold),
                revenue(sold),
                profit(sold)));
  }

  private static Map<SpecificRecord, SpecificRecord> kpisOf(Collection<DailyRecord> records) {
    return rows(
        records,
        one -> new LiveKpisKey(one.getTsDate()),
        sold -> {
          long orders = distinct(sold, DailyRecord::getOrderId);
          return new LiveKpis(
              (long) sold.size(),
              distinct(sold, DailyRecord::getCustomerId),
              distinct(sold, DailyRecord::getProductId),
              orders,
              revenue(sold),
              revenue(sold).divide(new BigDecimal(orders), 4, RoundingMode.HALF_UP));
        });
  }

  private static Map<SpecificRecord, SpecificRecord> latestOf(Collection<DailyRecord> records) {
    List<DailyRecord> latest =
        records.stream()
            .sorted(
                Comparator.comparing(DailyRecord::getTsDate)
                    .thenComparing(DailyRecord::getTs)
                    .reversed()
                    .thenComparing(DailyRecord::getTsId))
            .limit(100)
            .toList();
    Map<SpecificRecord, SpecificRecord> rows = new HashMap<>();
    for (int index = 0; index < latest.size(); index++) {
      DailyRecord one = latest.get(index);
      rows.put(
          new RecentRecordsKey(index + 1),
          new RecentRecords(
              one.getTsId(),
              one.getTs(),
              one.getTsDate(),
              one.getOrderId(),
              one.getCustomerId(),
              one.getCountry(),
              one.getState(),
              one.getCity(),
              one.getPlatform(),
              one.getCategory(),
              one.getSubCategory(),
              one.getProductId(),
              one.getProductName(),
              one.getQuantity(),
              one.getRevenue(),
              one.getProfit() == null ? new BigDecimal("0.0000") : one.getProfit()));
    }
    return rows;
  }

  private static Map<SpecificRecord, SpecificRecord> rows(
      Collection<DailyRecord> records,
      Function<DailyRecord, SpecificRecord> key,
      Function<List<DailyRecord>, SpecificRecord> row) {
    Map<SpecificRecord, SpecificRecord> rows = new HashMap<>();
    records.stream()
        .collect(Collectors.groupingBy(key))
        .forEach((each, sold) -> rows.put(each, row.apply(sold)));
    return rows;
  }

  private static long distinct(List<DailyRecord> sold, Function<DailyRecord, String> of) {
    return sold.stream().map(of).distinct().count();
  }

  private static long quantity(List<DailyRecord> sold) {
    return sold.stream().mapToLong(DailyRecord::getQuantity).sum();
  }

  private static BigDecimal revenue(List<DailyRecord> sold) {
    return sold.stream()
        .map(DailyRecord::getRevenue)
        .reduce(new BigDecimal("0.0000"), BigDecimal::add);
  }

  private static BigDecimal profit(List<DailyRecord> sold) {
    return sold.stream()
        .map(DailyRecord::getProfit)
        .filter(each -> each != null)
        .reduce(new BigDecimal("0.0000"), BigDecimal::add);
  }
}

package io.furnistream.aggregates;

import io.furnistream.schemas.DailyAddress;
import io.furnistream.schemas.DailyAddressKey;
import io.furnistream.schemas.DailyCategoryProduct;
import io.furnistream.schemas.DailyCategoryProductKey;
import io.furnistream.schemas.DailyPuRev;
import io.furnistream.schemas.DailyPuRevKey;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.Topic;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/** What the topics must hold, computed by a loop over the records that are left at the end. */
final class PlainLoop {

  private static final Comparator<String> BY_CODE_POINTS =
      (left, right) -> Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray());

  private PlainLoop() {}

  static Map<SpecificRecord, SpecificRecord> over(Topic topic, Collection<DailyRecord> records) {
    return switch (topic) {
      case DAILY_PU_REV -> daysOf(records);
      case DAILY_CATEGORY_PRODUCT -> productsOf(records);
      case DAILY_ADDRESS -> addressesOf(records);
      default -> throw new IllegalArgumentException(topic + " is not an aggregate");
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

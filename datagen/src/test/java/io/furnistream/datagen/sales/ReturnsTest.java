package io.furnistream.datagen.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.furnistream.schemas.ContractRules;
import io.furnistream.schemas.DailyRecord;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnsTest {

  private static final LocalDate FIRST = LocalDate.of(2023, 10, 1);
  private static final LocalDate LAST = LocalDate.of(2023, 12, 31);

  @Test
  void whatComesBackWasSoldAtTheSamePriceToTheSameCustomer() {
    DayGenerator generator =
        new DayGenerator(new Dataset(Days.furniture(), 4, Volume.exactly(400, 500)));
    Map<String, List<DailyRecord>> sold = new HashMap<>();
    List<DailyRecord> returned = new ArrayList<>();
    for (LocalDate day = FIRST; !day.isAfter(LAST); day = day.plusDays(1)) {
      List<GeneratedRecord> records = Days.generate(generator, day.toString());
      assertThat(records).hasSize(400);
      // Five percent of 400.
      assertThat(records).filteredOn(each -> each.value().getQuantity() < 0).hasSize(20);
      for (GeneratedRecord each : records) {
        DailyRecord record = each.value();
        assertThat(record.getTsDate()).isEqualTo(day);
        assertThat(record.getTs().atZone(ZoneId.of("America/New_York")).toLocalDate())
            .isEqualTo(day);
        if (record.getQuantity() > 0) {
          sold.computeIfAbsent(record.getOrderId(), id -> new ArrayList<>()).add(record);
        } else if (!day.isBefore(FIRST.plusDays(30))) {
          returned.add(record);
        }
      }
    }
    Set<String> orders = new HashSet<>();
    long delays = 0;
    Set<Long> different = new HashSet<>();
    for (DailyRecord back : returned) {
      List<DailyRecord> order = sold.get(back.getOrderId());
      assertThat(order).as(back.getOrderId()).isNotNull();
      assertThat(orders.add(back.getOrderId())).as("an order comes back once").isTrue();
      assertThat(order).noneMatch(line -> line.getLine() == back.getLine());
      DailyRecord line =
          order.stream()
              .filter(each -> each.getProductId().equals(back.getProductId()))
              .findFirst()
              .orElseThrow();
      assertThat(back.getPrice()).isEqualTo(line.getPrice());
      assertThat(back.getDiscount()).isEqualTo(line.getDiscount());
      assertThat(back.getUnitCost()).isEqualTo(line.getUnitCost());
      assertThat(back.getQuantity()).isEqualTo(-line.getQuantity());
      assertThat(back.getRevenue()).isEqualTo(line.getRevenue().negate());
      assertThat(back.getProfit()).isEqualTo(line.getProfit().negate());
      assertThat(back.getCustomerId()).isEqualTo(line.getCustomerId());
      assertThat(back.getCity()).isEqualTo(line.getCity());
      assertThat(back.getPlatform()).isEqualTo(line.getPlatform());
      assertThat(back.getPaymentMethod()).isEqualTo(line.getPaymentMethod());
      long delay = ChronoUnit.DAYS.between(line.getTsDate(), back.getTsDate());
      assertThat(delay).isBetween(1L, 30L);
      delays += delay;
      different.add(delay);
    }
    assertThat(returned).hasSize(62 * 20);
    assertThat(different).hasSize(30);
    // Every delay from 1 to 30 is as likely: 15.5 on average.
    assertThat((double) delays / returned.size()).isCloseTo(15.5, within(1.0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 24, 25, 26, 49, 50, 500})
  void aDayHoldsExactlyWhatWasAskedForEvenWhereTooFewComeBack(int records) {
    DayGenerator generator =
        new DayGenerator(new Dataset(Days.furniture(), 4, Volume.exactly(records, 2_000)));
    for (LocalDate day = FIRST; day.isBefore(FIRST.plusDays(20)); day = day.plusDays(1)) {
      assertThat(Days.generate(generator, day.toString())).hasSize(records);
      assertThat(generator.plan(day).records()).isEqualTo(records);
      assertThat(generator.records(day)).isEqualTo(records);
    }
  }

  @Test
  void noReturnIsScreenedOutAndNoneNamesAnOrderBeforeTheFirstDay() {
    DayGenerator generator =
        new DayGenerator(new Dataset(Days.furniture(), 4, Volume.exactly(2_000, 2_000)));
    var rules = ContractRules.ofSales();
    for (String day : List.of("1970-01-03", "1970-01-04", "2023-12-25", "2199-12-30")) {
      List<GeneratedRecord> records = Days.generate(generator, day);
      assertThat(records).hasSize(2_000);
      assertThat(records)
          .allSatisfy(each -> assertThat(rules.check(each.key(), each.value())).isEmpty());
      assertThat(records.stream().map(each -> each.value().getTsId())).doesNotHaveDuplicates();
      boolean first = day.equals("1970-01-03");
      assertThat(records.stream().anyMatch(each -> each.value().getQuantity() < 0))
          .isEqualTo(!first);
    }
  }

  @Test
  void whereTheModelSaysHowManyReturnsComeOnTop() {
    DayGenerator sales =
        new DayGenerator(new Dataset(Days.furniture(), 4, Volume.modelled(1_000, 0)));
    DayGenerator both =
        new DayGenerator(new Dataset(Days.furniture(), 4, Volume.modelled(1_000, 1_000)));
    LocalDate day = LocalDate.of(2024, 3, 5);
    int sold = sales.records(day);
    DayPlan plan = both.plan(day);
    assertThat(plan.sold()).isEqualTo(sold);
    assertThat(plan.returned()).isEqualTo((int) Math.round(sold * 0.1));
  }
}

package io.furnistream.datagen.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.FaultOrigin;
import io.furnistream.schemas.Faults;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is sent for three days of 2,000 sales, read as its readers do. */
class FaultySalesTest {

  private static final List<LocalDate> DAYS =
      List.of(Sound.DAY, Sound.DAY.plusDays(1), Sound.DAY.plusDays(2));
  private static final int RECORDS = 2_000;
  private static final BigDecimal NONE = BigDecimal.ZERO;

  private final Judge judge = new Judge();
  private final List<Sent> sent = new ArrayList<>();
  private final Map<String, DailyRecord> netState = new HashMap<>();
  private final Map<LocalDate, Faults> stated = new TreeMap<>();

  private record Sent(
      int partition, String id, LocalDate day, ByteBuffer value, String kind, String verdict) {

    boolean is(String fault) {
      return kind.startsWith(fault);
    }
  }

  static Stream<FaultShares> shares() {
    return Stream.of(
        FaultShares.NONE,
        shares("0", "0", "0", "0", true),
        shares("0.01", "0.02", "0.03", "0.04", true),
        shares("0.5", "0.25", "0.25", "0.5", true));
  }

  private static FaultShares shares(
      String late, String duplicates, String corrections, String poison, boolean drift) {
    return new FaultShares(
        new BigDecimal(late),
        new BigDecimal(duplicates),
        new BigDecimal(corrections),
        new BigDecimal(poison),
        drift);
  }

  @ParameterizedTest
  @MethodSource("shares")
  void inTheEndEachKeyHasItsTrueValueAndEveryFaultIsCounted(FaultShares shares) {
    produce(shares);

    Map<String, DailyRecord> truth = new HashMap<>();
    for (LocalDate day : DAYS) {
      for (int n = 0; n < RECORDS; n++) {
        Sale sale = Sound.sale(day, n);
        truth.put(sale.id().text(), sale.value());
      }
    }
    assertThat(netState).isEqualTo(truth);

    for (LocalDate day : DAYS) {
      List<Sent> ofDay = sent.stream().filter(each -> each.day().equals(day)).toList();
      Faults faults = stated.get(day);
      assertThat(faults.late()).isEqualTo(ids(ofDay, "late"));
      assertThat(faults.duplicates()).isEqualTo(ids(ofDay, "duplicate"));
      assertThat(faults.corrections()).isEqualTo(ids(ofDay, "correction"));
      assertThat(faults.drift())
          .isEqualTo(
              ofDay.stream()
                  .filter(each -> each.kind().endsWith("drift"))
                  .map(Sent::id)
                  .distinct()
                  .count());
      Map<String, Long> refused = new TreeMap<>();
      ofDay.stream()
          .filter(each -> !each.verdict().isEmpty())
          .forEach(each -> refused.merge(each.verdict(), 1L, Long::sum));
      assertThat(faults.refused()).isEqualTo(refused);
      assertThat(ofDay)
          .allMatch(each -> each.is("poison: ") == !each.verdict().isEmpty())
          .filteredOn(each -> each.is("duplicate"))
          .hasSize((int) (2 * faults.duplicates()));

      assertShare(faults.late(), shares.late());
      assertShare(faults.duplicates(), shares.duplicates());
      assertShare(faults.corrections(), shares.corrections());
      assertShare(faults.allRefused(), shares.poison());
      assertShare(faults.drift(), shares.drift() ? new BigDecimal("0.1") : NONE);
    }
  }

  /** Five standard deviations of a binomial distribution; exact where it is nothing. */
  private static void assertShare(long count, BigDecimal share) {
    double p = share.doubleValue();
    double tolerance = 5 * Math.sqrt(RECORDS * p * (1 - p));
    assertThat((double) count).isBetween(RECORDS * p - tolerance, RECORDS * p + tolerance);
  }

  @Test
  void aLateRecordComesAfterItsDayOrAfterTheNext() {
    produce(shares("0.02", "0", "0", "0", false));

    Map<LocalDate, Integer> lastInTime = new HashMap<>();
    Map<LocalDate, Integer> firstInTime = new HashMap<>();
    for (int i = 0; i < sent.size(); i++) {
      if (!sent.get(i).is("late")) {
        lastInTime.put(sent.get(i).day(), i);
        firstInTime.putIfAbsent(sent.get(i).day(), i);
      }
    }
    long afterTheNext = 0;
    for (int i = 0; i < sent.size(); i++) {
      Sent each = sent.get(i);
      if (each.is("late")) {
        LocalDate next = each.day().plusDays(1);
        assertThat(i).isGreaterThan(lastInTime.get(each.day()));
        boolean nextHasBegun = i > firstInTime.getOrDefault(next, Integer.MAX_VALUE);
        assertThat(i).isGreaterThan(nextHasBegun ? lastInTime.get(next) : -1);
        afterTheNext += nextHasBegun ? 1 : 0;
      }
    }
    // Half of those of the first two days; on the last there is no next.
    assertThat(afterTheNext).isBetween(15L, 75L);
  }

  @Test
  void aDuplicateIsTheSameBytesUpToAThousandRecordsLater() {
    produce(shares("0", "0.02", "0", "0", false));

    Map<String, Integer> first = new HashMap<>();
    List<Integer> apart = new ArrayList<>();
    for (int i = 0; i < sent.size(); i++) {
      Sent each = sent.get(i);
      Integer before = first.putIfAbsent(each.id(), i);
      if (before != null) {
        assertThat(sent.get(before)).isEqualTo(each);
        apart.add(i - before);
      }
    }
    assertThat(apart).hasSizeGreaterThan(70).allMatch(records -> records >= 1 && records < 1_050);
    assertThat(apart).anyMatch(records -> records < 200).anyMatch(records -> records > 800);
  }

  @Test
  void aCorrectionSaysSomethingElseFirstThatIsSound() {
    produce(shares("0", "0", "0.1", "0", false));

    Map<String, List<ByteBuffer>> values = new HashMap<>();
    sent.stream()
        .filter(each -> each.is("correction"))
        .forEach(
            each -> values.computeIfAbsent(each.id(), id -> new ArrayList<>()).add(each.value()));
    assertThat(values.values())
        .hasSizeGreaterThan(450)
        .allMatch(versions -> versions.size() == 2 || versions.get(1) == null)
        .allMatch(versions -> versions.size() == 3 || !versions.get(0).equals(versions.get(1)));
    assertThat(values.values().stream().filter(versions -> versions.size() == 3))
        .hasSizeGreaterThan(90);
    assertThat(sent).allMatch(each -> each.verdict().isEmpty());
  }

  @Test
  void whatACorrectionSaysFirstIsWorkedOutFromIt() {
    Set<String> wrong = new TreeSet<>();
    Corrections corrections = new Corrections(new SaleEncoder(Sound.contract()));
    for (int n = 0; n < 100; n++) {
      Message first = corrections.of(Sound.sale(Sound.DAY, n)).get(0);
      DailyRecord sale = judge.sale(first.partition(), first.key(), first.value());
      wrong.add(
          "%d for %s by %s: %s, profit %s"
              .formatted(
                  sale.getQuantity(),
                  sale.getPrice(),
                  sale.getPaymentMethod(),
                  sale.getRevenue(),
                  sale.getProfit()));
    }
    // A tenth less than the price, less 6 for each.
    assertThat(wrong)
        .containsExactly(
            "1 for 10.0000 by Cash: 9.0000, profit 3.0000",
            "1 for 10.0000 by Gift Card: 9.0000, profit 3.0000",
            "1 for 10.0000 by PayPal: 9.0000, profit 3.0000",
            "1 for 20.0000 by Cash: 18.0000, profit 12.0000",
            "1 for 20.0000 by PayPal: 18.0000, profit 12.0000",
            "2 for 10.0000 by Cash: 18.0000, profit 6.0000",
            "2 for 10.0000 by PayPal: 18.0000, profit 6.0000");
  }

  @Test
  void aDaysFaultsDependOnTheDatasetAndTheDayAlone() {
    FaultShares shares = shares("0", "0.02", "0.02", "0.05", true);
    produce(shares);
    List<Sent> ofTheLast = sent.stream().filter(each -> each.day().equals(DAYS.get(2))).toList();
    sent.clear();
    netState.clear();

    FaultySales alone = sales(shares);
    produce(alone, DAYS.get(2));
    assertThat(sent).isEqualTo(ofTheLast);
  }

  @Test
  void everyWayToSpoilASaleHasItsTurn() {
    produce(shares("0", "0", "0", "0.03", true));

    assertThat(sent.stream().filter(each -> each.is("poison")).map(Sent::kind).distinct())
        .hasSize(Poison.all(Sound.drifting()).size());
  }

  private static long ids(List<Sent> messages, String kind) {
    return messages.stream().filter(each -> each.is(kind)).map(Sent::id).distinct().count();
  }

  private FaultySales sales(FaultShares shares) {
    return new FaultySales(
        shares, "dataset", "run", shares.drift() ? Sound.drifting() : Sound.contract(), this::take);
  }

  private void produce(FaultShares shares) {
    FaultySales sales = sales(shares);
    DAYS.forEach(day -> produce(sales, day));
    sales.end();
    assertThat(sales.holdsRecords()).isFalse();
  }

  private void produce(FaultySales sales, LocalDate day) {
    sales.startDay(day);
    for (int n = 0; n < RECORDS; n++) {
      sales.put(Sound.sale(day, n));
    }
    stated.put(day, sales.endDay());
  }

  private void take(int partition, Instant time, byte[] key, byte[] value, List<Header> headers) {
    RecordHeaders all = new RecordHeaders(headers);
    String kind =
        headers.isEmpty()
            ? ""
            : new String(all.lastHeader("furnistream.fault").value(), StandardCharsets.UTF_8);
    LocalDate day = time.atZone(ZoneOffset.UTC).toLocalDate();
    FaultOrigin.of(all)
        .ifPresent(origin -> assertThat(origin).isEqualTo(new FaultOrigin("dataset", day, "run")));
    String verdict = judge.verdict(partition, key, value).orElse("");
    String id = verdict.isEmpty() ? judge.key(partition, key).getTsId() : Arrays.toString(key);
    sent.add(
        new Sent(partition, id, day, value == null ? null : ByteBuffer.wrap(value), kind, verdict));
    if (verdict.isEmpty()) {
      if (value == null) {
        netState.remove(id);
      } else {
        netState.put(id, judge.sale(partition, key, value));
      }
    }
  }
}

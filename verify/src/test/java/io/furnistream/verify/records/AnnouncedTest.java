package io.furnistream.verify.records;

import static io.furnistream.verify.tables.Sales.DEC_1;
import static io.furnistream.verify.tables.Sales.DEC_2;
import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.FaultOrigin;
import io.furnistream.schemas.RunLedger;
import io.furnistream.schemas.RunLedgerKey;
import io.furnistream.screening.Failure;
import io.furnistream.verify.database.EmptyDatabase;
import io.furnistream.verify.database.ProofDatabase;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.Problem;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnnouncedTest {

  private static final String DATASET = "shop";
  private static final LocalDate LATER = LocalDate.parse("2024-06-01");

  private final Ledger ledger = new Ledger(DayRange.ALL);
  private final ProofDatabase database = EmptyDatabase.open();
  private final SalesLog log = new SalesLog(database);
  private int offset;

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatTheLedgerAnnouncesIsNoMistake() {
    state(DEC_1, "run", 3L, faults("\"quantity\":2,\"unreadable\":1"));
    refuse("quantity", DEC_1, DEC_1, origin(DEC_1, "run"));
    refuse("quantity", DEC_1, DEC_1, origin(DEC_1, "run"));
    // Nothing of it can be read, and its timestamp is another day's.
    refuse("unreadable", null, DEC_2, origin(DEC_1, "run"));

    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith(
            "warning: 3 records of daily_records are screened out and count nowhere, 3 of them as the"
                + " ledger says, by rule {quantity=2, unreadable=1}");
  }

  @Test
  void whereNothingIsRefusedAndNothingIsSaidThereIsNothingToSay() {
    state(DEC_1, "run", null, null);
    state(DEC_2, "run", 0L, faults(""));

    assertThat(problems()).isEmpty();
  }

  @Test
  void oneThatIsMissingIsMissed() {
    state(DEC_1, "run", 2L, faults("\"quantity\":2"));
    refuse("quantity", DEC_1, DEC_1, origin(DEC_1, "run"));

    assertThat(errors())
        .singleElement()
        .asString()
        .startsWith(
            "2023-12-01: the ledger says that 2 records are refused, by rule {quantity=2}; 1 are, by"
                + " rule {quantity=1}. A record that should be refused was not written");
  }

  @Test
  void anotherThatIsRefusedOnTheDayIsFoundByItsKey() {
    state(DEC_1, "run", 1L, faults("\"quantity\":1"));
    refuse("quantity", DEC_1, DEC_1, origin(DEC_1, "run"));
    refuse("price", DEC_1, LATER, Optional.empty());

    assertThat(errors())
        .singleElement()
        .asString()
        .startsWith(
            "1 records of daily_records are refused that no run announced, by rule {price=1}"
                + " (partition 4, offset 1, rule price): look for them in dead_letter_aggregates");
    assertThat(problems()).element(0).asString().contains("nowhere, 1 of them as the ledger says");
  }

  @Test
  void anotherWithoutAKeyIsFoundByItsTimestamp() {
    state(DEC_1, "run", 0L, faults(""));
    refuse("unreadable", null, DEC_1, Optional.empty());

    assertThat(errors()).singleElement().asString().contains("offset 0, rule unreadable");
  }

  @Test
  void thoseOfDaysThatTheLedgerSaysNothingOfAreAllowedByNumber() {
    state(DEC_1, "run", 1L, faults("\"quantity\":1"));
    state(DEC_2, "run", null, null);
    refuse("quantity", DEC_1, DEC_1, origin(DEC_1, "run"));
    refuse("price", DEC_2, DEC_2, Optional.empty());
    refuse("unreadable", null, LATER, Optional.empty());

    assertThat(problems())
        .element(0)
        .asString()
        .startsWith("warning: 3 records")
        .contains("nowhere, 1 of them as the ledger says");
    assertThat(errors())
        .singleElement()
        .asString()
        .startsWith(
            "2 records of daily_records are refused that no run announced, by rule {price=1, unreadable=1}")
        .endsWith("with --allow-refused 2");
    assertThat(errors("1")).hasSize(1);
    assertThat(errors("2")).isEmpty();
    assertThat(problems("2")).last().asString().endsWith("as --allow-refused 2 allows");
  }

  @Test
  void aDayThatNoStoreHasHidesNothing() {
    refuse("key_ts_date", LocalDate.ofEpochDay(Integer.MAX_VALUE), DEC_1, Optional.empty());
    refuse("key_ts_date", LocalDate.ofEpochDay(Integer.MIN_VALUE), DEC_1, Optional.empty());

    assertThat(errors()).hasSize(1);
  }

  @Test
  void orByTheirShareOfTheRecords() {
    refuse("price", DEC_1, DEC_1, Optional.empty());

    assertThat(errors("0.9%")).hasSize(1);
    assertThat(errors("1%")).isEmpty();
  }

  @Test
  void whatIsAllowedMakesUpForNothingThatARunHasSaid() {
    state(DEC_1, "run", 2L, faults("\"quantity\":2"));
    refuse("quantity", DEC_1, DEC_1, origin(DEC_1, "run"));
    refuse("quantity", DEC_1, DEC_1, Optional.empty());
    refuse("price", DEC_1, DEC_1, Optional.empty());

    assertThat(errors("100%"))
        .singleElement()
        .asString()
        .startsWith("2023-12-01: the ledger says that 2 records are refused");
  }

  @Test
  void asManyOfAnotherRuleAreNotTheSame() {
    state(DEC_1, "run", 1L, faults("\"quantity\":1"));
    refuse("price", DEC_1, DEC_1, origin(DEC_1, "run"));

    assertThat(errors())
        .singleElement()
        .asString()
        .contains("{quantity=1}; 1 are, by rule {price=1}", "offset 0, rule price");
  }

  @Test
  void aDayThatWasProducedAgainHasWhatBothRunsSaid() {
    state(DEC_1, "first", 1L, faults("\"quantity\":1"));
    state(DEC_1, "second", 1L, faults("\"quantity\":1"));
    refuse("quantity", DEC_1, DEC_1, origin(DEC_1, "first"));
    assertThat(errors()).hasSize(1);

    refuse("quantity", DEC_1, DEC_1, origin(DEC_1, "second"));
    assertThat(errors()).isEmpty();
  }

  @Test
  void whatARunThatFailedLeftBehindIsNotCountedAgainstTheNext() {
    start(DEC_1, "failed");
    refuse("quantity", DEC_1, DEC_1, origin(DEC_1, "failed"));
    start(DEC_1, "second");
    state(DEC_1, "second", 1L, faults("\"quantity\":1"));
    refuse("quantity", DEC_1, DEC_1, origin(DEC_1, "second"));

    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith("warning: 2 records")
        .contains("1 of them as the ledger says");
  }

  @Test
  void aForgedHeaderDoesNotHideARecord() {
    state(DEC_1, "run", 1L, faults("\"quantity\":1"));
    refuse("quantity", DEC_1, DEC_1, origin(DEC_1, "run"));
    refuse("quantity", DEC_2, DEC_2, origin(DEC_1, "run"));
    assertThat(errors()).singleElement().asString().contains("Headers of more of them");
  }

  @Test
  void aHeaderThatNamesARunWithoutFaultsIsNotBelieved() {
    state(DEC_1, "run", 0L, faults(""));
    state(DEC_2, "sound", null, null);
    refuse("quantity", DEC_1, DEC_1, origin(DEC_2, "sound"));
    refuse("price", DEC_1, DEC_1, origin(LATER, "unknown"));

    assertThat(errors()).singleElement().asString().contains("offset 0", "offset 1");
  }

  /** What another producer may state, for whatever it has sent. */
  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "two of them", "{\"refused\":2}"})
  void anEntryWithANumberAloneSpeaksForRecordsWithoutHeaders(String faults) {
    state(DEC_1, "run", 1L, faults("\"quantity\":1"));
    refuse("quantity", DEC_1, DEC_1, origin(DEC_1, "run"));
    refuse("price", DEC_1, DEC_1, Optional.empty());
    assertThat(errors()).hasSize(1);

    ledger.put(new RunLedgerKey("stated by hand", DEC_1), complete("by hand", 1L, faults));
    assertThat(errors()).isEmpty();

    refuse("price", DEC_1, DEC_1, Optional.empty());
    assertThat(errors()).singleElement().asString().contains("2 records are refused; 3 are");
  }

  @Test
  void daysOutsideTheRangeAreNotAsked() {
    Ledger ofDec2 = new Ledger(new DayRange(DEC_2, DEC_2));
    ofDec2.put(new RunLedgerKey(DATASET, DEC_1), complete("run", 5L, faults("\"price\":5")));

    assertThat(compare(ofDec2, "0")).isEmpty();

    // One of the day before that nothing can be read of, sold when it was the next day in UTC.
    ofDec2.put(new RunLedgerKey(DATASET, DEC_2), complete("run", 0L, faults("")));
    refuse("unreadable", null, DEC_2, origin(DEC_1, "run"));
    assertThat(compare(ofDec2, "0")).noneMatch(Problem::isError);
  }

  private List<String> problems() {
    return problems("0");
  }

  private List<String> problems(String allowed) {
    return compare(ledger, allowed).stream().map(Problem::inWords).toList();
  }

  private List<String> errors() {
    return errors("0");
  }

  private List<String> errors(String allowed) {
    return compare(ledger, allowed).stream()
        .filter(Problem::isError)
        .map(Problem::message)
        .toList();
  }

  private List<Problem> compare(Ledger stated, String allowed) {
    return stated.announced().compare(new Refusals(database), AllowedRefusals.parse(allowed), 100);
  }

  private static Optional<FaultOrigin> origin(LocalDate day, String run) {
    return Optional.of(new FaultOrigin(DATASET, day, run));
  }

  private void refuse(
      String rule, LocalDate ofKey, LocalDate ofTimestamp, Optional<FaultOrigin> origin) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            "daily_records",
            4,
            offset++,
            ofTimestamp.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli(),
            TimestampType.CREATE_TIME,
            0,
            0,
            null,
            null,
            origin
                .map(from -> new RecordHeaders(from.headers("poison")))
                .orElseGet(RecordHeaders::new),
            Optional.empty());
    DailyRecordKey key = ofKey == null ? null : new DailyRecordKey(ofKey, 0, "id");
    UnreadableRecordException why =
        rule.equals("unreadable")
            ? new UnreadableRecordException("It is not Avro")
            : new UnreadableRecordException(new Failure(rule, rule, rule + " is wrong"));
    try (SalesLog.Writer writer = log.writer()) {
      writer.refuse(record, key, null, why, Optional.empty());
    }
  }

  private void start(LocalDate day, String run) {
    ledger.put(new RunLedgerKey(DATASET, day), entry("STARTED", run).build());
  }

  private void state(LocalDate day, String run, Long refused, String faults) {
    ledger.put(new RunLedgerKey(DATASET, day), complete(run, refused, faults));
  }

  private static RunLedger complete(String run, Long refused, String faults) {
    return entry("COMPLETE", run)
        .setRecords(0L)
        .setQuantity(0L)
        .setRevenue(new BigDecimal("0.0000"))
        .setProfit(new BigDecimal("0.0000"))
        .setCustomers(0L)
        .setIdChecksum("0".repeat(32))
        .setRefused(refused)
        .setFaults(faults)
        .build();
  }

  private static RunLedger.Builder entry(String status, String run) {
    return RunLedger.newBuilder()
        .setStatus(status)
        .setRunId(run)
        .setProducer("datagen 1")
        .setArguments("--poison 1%")
        .setStartedAt(Instant.parse("2023-12-03T10:00:00Z"));
  }

  private static String faults(String refused) {
    return "{\"late\":0,\"duplicates\":0,\"corrections\":0,\"drift\":0,\"refused\":{%s}}"
        .formatted(refused);
  }
}

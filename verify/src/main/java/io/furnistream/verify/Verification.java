package io.furnistream.verify;

import io.furnistream.cli.Endpoints;
import io.furnistream.cli.Stopwatch;
import io.furnistream.schemas.ContractRules;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.DatasetHeader;
import io.furnistream.schemas.RunLedger;
import io.furnistream.schemas.RunLedgerKey;
import io.furnistream.schemas.Topic;
import io.furnistream.stores.kafka.Kafka;
import io.furnistream.stores.landing.Behind;
import io.furnistream.stores.landing.CatchUp;
import io.furnistream.stores.landing.CatchUpWait;
import io.furnistream.stores.landing.StoreBuckets;
import io.furnistream.verify.readings.CassandraStore;
import io.furnistream.verify.readings.ParquetStore;
import io.furnistream.verify.readings.PostgresStore;
import io.furnistream.verify.readings.Store;
import io.furnistream.verify.readings.StoreReadings;
import io.furnistream.verify.records.AvroReader;
import io.furnistream.verify.records.DeadLetters;
import io.furnistream.verify.records.Ledger;
import io.furnistream.verify.records.NameTokens;
import io.furnistream.verify.records.RawTable;
import io.furnistream.verify.records.RecordFold;
import io.furnistream.verify.records.Refusals;
import io.furnistream.verify.records.TopicReader;
import io.furnistream.verify.report.ClosedDays;
import io.furnistream.verify.report.Report;
import io.furnistream.verify.tables.Comparison;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.Difference;
import io.furnistream.verify.tables.Figures;
import io.furnistream.verify.tables.OpenDays;
import io.furnistream.verify.tables.Problem;
import io.furnistream.verify.tables.StoreReading;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the records and the ledger back from Kafka, waits until the sinks have caught up with what
 * was read, and compares every store with it.
 */
final class Verification {

  /** Reading again helps when a live run has begun meanwhile; they begin less often than that. */
  private static final int MOST_ATTEMPTS = 3;

  /** Left to settle in, at least, when waiting for the sinks has used up the limit. */
  private static final Duration SETTLE_AT_LEAST = Settling.STANDS_AFTER.plusSeconds(4);

  private final Endpoints endpoints;
  private final Path exportFolder;
  private final DayRange range;
  private final boolean deep;
  private final Duration limit;
  private final PrintWriter messages;

  private final List<Problem> problems = new ArrayList<>();
  private final Map<TopicPartition, Long> read = new HashMap<>();
  private boolean hasMoved;
  private Refusals refusals = new Refusals();
  private Map<LocalDate, Figures> produced = Map.of();

  /**
   * A verification of these days.
   *
   * @param exportFolder where days are closed into
   * @param deep whether to hold Cassandra's raw records value by value against Kafka's, and every
   *     table against what they come to
   * @param limit how long the stores may take to catch up, after Kafka has been read
   * @param messages receives what is being waited for
   */
  Verification(
      Endpoints endpoints,
      Path exportFolder,
      DayRange range,
      boolean deep,
      Duration limit,
      PrintWriter messages) {
    this.endpoints = endpoints;
    this.exportFolder = exportFolder;
    this.range = range;
    this.deep = deep;
    this.limit = limit;
    this.messages = messages;
  }

  /**
   * Verifies.
   *
   * @throws io.furnistream.cli.CannotRunException when a part of the stack does not answer
   */
  Report run() {
    Report report = verify();
    if (hasMoved) {
      messages.println("A run has begun or ended while the stores were read: verifying again");
      messages.flush();
      problems.clear();
      read.clear();
      report = verify();
    }
    return report;
  }

  private Report verify() {
    try (Kafka kafka = new Kafka(endpoints);
        CassandraStore cassandra = new CassandraStore(endpoints, deep);
        Store postgres = new PostgresStore(endpoints);
        Store parquet = new ParquetStore(exportFolder)) {
      Read read;
      warnOfGaps(kafka);
      StoreBuckets.require(endpoints);
      try (AvroReader avro = new AvroReader(endpoints)) {
        read = read(kafka, avro);
      }
      DeadLetters letters =
          new DeadLetters(
              kafka, refusals, () -> cassandra.quarantine(kafka.id(Topic.DAILY_RECORDS)));
      Report report = compare(kafka, letters, read, List.of(cassandra, postgres, parquet));
      hasMoved = !report.differences().isEmpty() && hasMovedSince(kafka, read.ledgerTopic());
      return report;
    }
  }

  /** Whether a run has begun or ended since the ledger was read: stores may have what it wrote. */
  private boolean hasMovedSince(Kafka kafka, Ledger then) {
    try (AvroReader avro = new AvroReader(endpoints)) {
      return ledger(kafka, avro).ledger().hasMovedSince(then);
    }
  }

  /** What the topics hold: what the ledger states, the sales, and which days go on. */
  private record Read(
      StoreReading ledger, Ledger ledgerTopic, StoreReading records, OpenDays open) {}

  /** The ledger, and its entries that state nothing. */
  private record LedgerTopic(Ledger ledger, Refusals refusals) {}

  /** What would explain differences: records that are not delivered yet, or no longer. */
  private void warnOfGaps(Kafka kafka) {
    List<TopicPartition> partitions = kafka.partitions(Topic.LOGS);
    Map<TopicPartition, Long> open = kafka.openTransactions(partitions);
    Map<TopicPartition, Long> beginnings = kafka.beginningOffsets(partitions);
    for (TopicPartition partition : partitions) {
      if (open.containsKey(partition)) {
        problems.add(
            Problem.warning(
                "A transaction is open on %s at offset %d: what was produced from there on is delivered when it ends, at the latest after its producer's transaction.timeout.ms"
                    .formatted(partition, open.get(partition))));
      }
      if (beginnings.get(partition) > 0) {
        problems.add(
            Problem.warning(
                "%s begins at offset %d: what lay before it was deleted, by retention or by kafka-delete-records; stores that have read it still count it"
                    .formatted(partition, beginnings.get(partition))));
      }
    }
  }

  /**
   * The ledger is read before the records, for what it says of days that live runs are adding to,
   * and after them, so that a run that starts in between is seen as started, and not as a loss.
   */
  private Read read(Kafka kafka, AvroReader avro) {
    for (int attempt = 1; ; attempt++) {
      Ledger before = ledger(kafka, avro).ledger();
      OpenDays open = before.open();
      StoreReading records = records(kafka, avro, open);
      LedgerTopic after = ledger(kafka, avro);
      boolean noneOpened = after.ledger().takeOpenFrom(before);
      if (noneOpened || attempt == MOST_ATTEMPTS) {
        return new Read(state(after), after.ledger(), records, open);
      }
      read.clear();
    }
  }

  private StoreReading records(Kafka kafka, AvroReader avro, OpenDays open) {
    TopicReader<DailyRecordKey, DailyRecord> reader =
        new TopicReader<>(kafka, avro, Topic.DAILY_RECORDS, ContractRules.ofSales());
    RecordFold fold = new RecordFold(range, open);
    RawTable raw = deep ? new RawTable(range, new NameTokens(endpoints.pseudonymKey())) : null;
    reader.read(
        (key, sale, record) -> {
          boolean isStated = fold.put(key, sale, DatasetHeader.datasetOf(record.headers()));
          if (deep && isStated) {
            raw.put(key, sale);
          }
        },
        fold::endPartition);
    read.putAll(reader.behindLastRecords());
    refusals = reader.refusals();
    produced = fold.produced();
    return deep ? fold.reading().withTable(raw.table()) : fold.reading();
  }

  private LedgerTopic ledger(Kafka kafka, AvroReader avro) {
    TopicReader<RunLedgerKey, RunLedger> reader =
        new TopicReader<>(kafka, avro, Topic.RUN_LEDGER, ContractRules.ofLedger());
    Ledger ledger = new Ledger(range);
    reader.read(
        (key, entry, record) -> ledger.put(key, entry, Instant.ofEpochMilli(record.timestamp())),
        () -> {});
    read.putAll(reader.behindLastRecords());
    return new LedgerTopic(ledger, reader.refusals());
  }

  /** What the ledger states, and what is wrong with it. */
  private StoreReading state(LedgerTopic topic) {
    Refusals screened = topic.refusals();
    Ledger ledger = topic.ledger();
    if (!screened.isEmpty()) {
      problems.add(
          Problem.warning(
              "%d entries of %s are screened out and state nothing, by rule %s (the first: %s); what they may have replaced remains valid"
                  .formatted(
                      screened.count(),
                      Topic.RUN_LEDGER.topicName(),
                      screened.byRule(),
                      screened.first())));
    }
    problems.addAll(ledger.problems());
    problems.addAll(ledger.announced().compare(refusals));
    return ledger.reading();
  }

  private Report compare(Kafka kafka, DeadLetters letters, Read topics, List<Store> stores) {
    StoreReading ledger = topics.ledger();
    StoreReading records = topics.records();
    CatchUp catchUp = new CatchUp(kafka, read);
    Stopwatch stopwatch = Stopwatch.start();
    List<Behind> behind = new CatchUpWait(catchUp::behind, stopwatch, messages).await(limit);
    for (Behind one : behind) {
      problems.add(Problem.error(null, one.notWithin(limit.toSeconds())));
    }
    Comparison comparison = new Comparison(ledger, records, produced, topics.open());
    problems.addAll(comparison.explanations());
    StoreReadings readings = new StoreReadings(stores, range, topics.open(), comparison);
    // With a group behind, differences are expected: they are shown as they are.
    Duration settled =
        behind.isEmpty() ? max(limit, stopwatch.elapsed().plus(SETTLE_AT_LEAST)) : Duration.ZERO;
    List<Difference> differences =
        new Settling(readings::differences, catchUp::isQuiet, stopwatch).differences(settled);
    problems.addAll(
        letters.missing(stopwatch, behind.isEmpty() ? Settling.STANDS_AFTER : Duration.ZERO));

    Map<String, StoreReading> shown = new LinkedHashMap<>();
    shown.put(Comparison.LEDGER, ledger);
    shown.put(Comparison.KAFKA, records);
    shown.putAll(readings.latest());
    readings.latest().values().forEach(reading -> problems.addAll(reading.problems()));
    problems.addAll(ClosedDays.advice(new Report(shown, differences, problems)));
    return new Report(shown, differences, problems, readings.tables(), deep, refusals.byRule());
  }

  private static Duration max(Duration left, Duration right) {
    return left.compareTo(right) > 0 ? left : right;
  }
}

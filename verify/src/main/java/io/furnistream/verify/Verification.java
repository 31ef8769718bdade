package io.furnistream.verify;

import io.furnistream.cli.Endpoints;
import io.furnistream.cli.Stopwatch;
import io.furnistream.cli.UnavailableException;
import io.furnistream.schemas.ContractRules;
import io.furnistream.schemas.RunLedger;
import io.furnistream.schemas.RunLedgerKey;
import io.furnistream.schemas.Topic;
import io.furnistream.schemas.TopicColumn;
import io.furnistream.stores.kafka.Kafka;
import io.furnistream.stores.landing.Behind;
import io.furnistream.stores.landing.CatchUp;
import io.furnistream.stores.landing.CatchUpWait;
import io.furnistream.stores.landing.StoreBuckets;
import io.furnistream.verify.database.OpenDayRows;
import io.furnistream.verify.database.ProofDatabase;
import io.furnistream.verify.readings.CassandraStore;
import io.furnistream.verify.readings.ParquetStore;
import io.furnistream.verify.readings.PostgresStore;
import io.furnistream.verify.readings.StoreReadings;
import io.furnistream.verify.records.AllowedRefusals;
import io.furnistream.verify.records.AvroReader;
import io.furnistream.verify.records.DeadLetters;
import io.furnistream.verify.records.EnrichedColumns;
import io.furnistream.verify.records.Enrichment;
import io.furnistream.verify.records.Landed;
import io.furnistream.verify.records.Ledger;
import io.furnistream.verify.records.NameTokens;
import io.furnistream.verify.records.Quarantine;
import io.furnistream.verify.records.Refusals;
import io.furnistream.verify.records.SalesReader;
import io.furnistream.verify.records.SkippedRecords;
import io.furnistream.verify.records.TokenTable;
import io.furnistream.verify.records.TopicReader;
import io.furnistream.verify.report.ClosedDays;
import io.furnistream.verify.report.Report;
import io.furnistream.verify.tables.Comparison;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.Difference;
import io.furnistream.verify.tables.OpenDays;
import io.furnistream.verify.tables.Problem;
import io.furnistream.verify.tables.StoreReading;
import io.furnistream.verify.tables.TableLayout;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private static final Duration AGAIN_AFTER = Duration.ofSeconds(2);

  private final Endpoints endpoints;
  private final Path exportFolder;
  private final DatabaseFile databaseFile;
  private final Optional<Path> regions;
  private final DayRange range;
  private final AllowedRefusals allowed;
  private final Duration limit;
  private final PrintWriter messages;

  private final List<Problem> problems = new ArrayList<>();
  private final Map<TopicPartition, Long> read = new HashMap<>();
  private boolean hasConnected;
  private boolean hasMoved;

  /**
   * A verification of these days.
   *
   * @param exportFolder where days are closed into
   * @param databaseFile where it works, and keeps what it has read
   * @param regions the table from which regions are looked up; empty when it is not known
   * @param allowed how many records may be refused that no run announced
   * @param limit how long the stores may take to catch up, after Kafka has been read
   * @param messages receives what is being waited for
   */
  Verification(
      Endpoints endpoints,
      Path exportFolder,
      DatabaseFile databaseFile,
      Optional<Path> regions,
      DayRange range,
      AllowedRefusals allowed,
      Duration limit,
      PrintWriter messages) {
    this.endpoints = endpoints;
    this.exportFolder = exportFolder;
    this.databaseFile = databaseFile;
    this.regions = regions;
    this.range = range;
    this.allowed = allowed;
    this.limit = limit;
    this.messages = messages;
  }

  /**
   * Verifies.
   *
   * @throws io.furnistream.cli.CannotRunException when a part of the stack does not answer
   */
  Report run() {
    try (ProofDatabase database = databaseFile.open(messages)) {
      Report report = verifyWhileServicesFail(database);
      if (hasMoved) {
        again("A run has begun or ended while the stores were read: verifying again");
        report = verifyWhileServicesFail(database);
      }
      return report;
    }
  }

  /**
   * A service that has answered, and answers no more, is probably started again: all is verified
   * anew when it answers, within the limit. What was read of Kafka is kept.
   */
  private Report verifyWhileServicesFail(ProofDatabase database) {
    Stopwatch stopwatch = Stopwatch.start();
    while (true) {
      try {
        return verify(database);
      } catch (UnavailableException e) {
        if (!hasConnected || stopwatch.elapsed().compareTo(limit) >= 0) {
          throw e;
        }
        again(
            "%s%nVerifying again; %d of at most %d s"
                .formatted(e.getMessage(), stopwatch.elapsed().toSeconds(), limit.toSeconds()));
        stopwatch.pause(AGAIN_AFTER);
      }
    }
  }

  private void again(String why) {
    messages.println(why);
    messages.flush();
    problems.clear();
    read.clear();
  }

  private Report verify(ProofDatabase database) {
    Optional<NameTokens> tokens = tokens();
    if (regions.isEmpty()) {
      problems.add(
          Problem.warning(
              "region and division are not compared: name the folder of regions.csv with --reference"));
    }
    TableLayout records = records(tokens.isPresent());
    try (Kafka kafka = new Kafka(endpoints);
        CassandraStore cassandra =
            new CassandraStore(endpoints, records.with(EnrichedColumns.of(regions.isPresent())));
        PostgresStore postgres = new PostgresStore(endpoints);
        ParquetStore parquet = new ParquetStore(exportFolder, records);
        AvroReader avro = new AvroReader(endpoints)) {
      hasConnected = true;
      warnOfGaps(kafka);
      StoreBuckets.require(endpoints);
      RecordedProofs.require(endpoints, kafka);
      Read topics = read(kafka, avro, database);
      OpenDayRows open = new OpenDayRows(database, topics.open());
      TokenTable names = new TokenTable(database, tokens);
      Landed landed = new Landed(database, new Enrichment(database, names, regions), open);
      StoreReadings readings =
          new StoreReadings(
              database,
              List.of(cassandra, postgres, parquet),
              landed,
              landed.parts(range),
              topics.ledger().reading(),
              open);
      DeadLetters letters =
          new DeadLetters(
              kafka,
              database,
              new Quarantine(
                  database,
                  names,
                  rows -> cassandra.readQuarantine(kafka.id(Topic.DAILY_RECORDS), rows)));
      Report report = compare(new CatchUp(kafka, read), topics, readings, letters);
      hasMoved =
          !report.differences().isEmpty()
              && ledger(kafka, avro).ledger().hasMovedSince(topics.ledger());
      return report;
    }
  }

  /** What the topics hold: what the ledger states, which sales are refused, which days go on. */
  private record Read(Ledger ledger, Refusals refusals, OpenDays open) {}

  /** The ledger, and its entries that state nothing. */
  private record LedgerTopic(Ledger ledger, SkippedRecords skipped) {}

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
  private Read read(Kafka kafka, AvroReader avro, ProofDatabase database) {
    SalesReader sales = new SalesReader(database);
    for (int attempt = 1; ; attempt++) {
      Ledger before = ledger(kafka, avro).ledger();
      sales.read(kafka, avro);
      LedgerTopic after = ledger(kafka, avro);
      boolean noneOpened = after.ledger().takeOpenFrom(before);
      if (noneOpened || attempt == MOST_ATTEMPTS) {
        read.putAll(sales.behindLastRecords());
        Refusals refusals = sales.refusals();
        problems.addAll(sales.cuts());
        sales.disagreements().ifPresent(problems::add);
        state(after, refusals, sales.records(range));
        after.ledger().stage(database);
        return new Read(after.ledger(), refusals, before.open());
      }
      read.clear();
    }
  }

  private LedgerTopic ledger(Kafka kafka, AvroReader avro) {
    TopicReader<RunLedgerKey, RunLedger> reader =
        new TopicReader<>(kafka, avro, Topic.RUN_LEDGER, ContractRules.ofLedger());
    Ledger ledger = new Ledger(range);
    reader.read(
        (key, entry, record) -> ledger.put(key, entry, Instant.ofEpochMilli(record.timestamp())));
    read.putAll(reader.behindLastRecords());
    return new LedgerTopic(ledger, reader.skipped());
  }

  /** Notes what is wrong with the ledger, and with what it says of refused records. */
  private void state(LedgerTopic topic, Refusals refusals, long records) {
    SkippedRecords screened = topic.skipped();
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
    problems.addAll(ledger.announced().compare(refusals, allowed, records));
  }

  private Report compare(
      CatchUp catchUp, Read topics, StoreReadings readings, DeadLetters letters) {
    Stopwatch stopwatch = Stopwatch.start();
    List<Behind> behind = new CatchUpWait(catchUp::behind, stopwatch, messages).await(limit);
    for (Behind one : behind) {
      problems.add(Problem.error(null, one.notWithin(limit.toSeconds())));
    }
    // With a group behind, differences are expected: they are shown as they are.
    Duration settled =
        behind.isEmpty() ? max(limit, stopwatch.elapsed().plus(SETTLE_AT_LEAST)) : Duration.ZERO;
    List<Difference> differences =
        new Settling(readings::differences, catchUp::isQuiet, stopwatch).differences(settled);
    problems.addAll(readings.comparison().explanations());
    problems.addAll(
        letters.problems(stopwatch, behind.isEmpty() ? Settling.STANDS_AFTER : Duration.ZERO));

    Map<String, StoreReading> shown = new LinkedHashMap<>();
    shown.put(Comparison.LEDGER, topics.ledger().reading());
    shown.put(Comparison.KAFKA, readings.kafka());
    shown.putAll(readings.latest());
    readings.latest().values().forEach(reading -> problems.addAll(reading.problems()));
    problems.addAll(ClosedDays.advice(new Report(shown, differences, problems)));
    return new Report(shown, differences, problems, readings.tables(), topics.refusals().byRule());
  }

  private Optional<NameTokens> tokens() {
    if (endpoints.pseudonymKey().isBlank()) {
      problems.add(
          Problem.warning(
              "customer_name is not compared: set %s as in the environment of the Connect worker"
                  .formatted(Endpoints.PSEUDONYM_KEY)));
      return Optional.empty();
    }
    return Optional.of(new NameTokens(endpoints.pseudonymKey()));
  }

  private static TableLayout records(boolean withNames) {
    TableLayout all = TableLayout.of(Topic.DAILY_RECORDS);
    return withNames
        ? all
        : all.comparing(
            all.comparedColumns().stream()
                .map(TopicColumn::name)
                .filter(name -> !name.equals("customer_name"))
                .toArray(String[]::new));
  }

  private static Duration max(Duration left, Duration right) {
    return left.compareTo(right) > 0 ? left : right;
  }
}

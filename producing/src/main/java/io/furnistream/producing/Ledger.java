package io.furnistream.producing;

import io.furnistream.schemas.DayFigures;
import io.furnistream.schemas.DaySums;
import io.furnistream.schemas.Faults;
import io.furnistream.schemas.RecordId;
import io.furnistream.schemas.RunLedger;
import io.furnistream.schemas.RunLedgerKey;
import io.furnistream.schemas.Topic;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** States in the topic {@code run_ledger} what a dataset must have left behind on each day. */
public final class Ledger {

  /** The status of a day that is being produced, or whose run has failed. */
  public static final String STARTED = "STARTED";

  /** The status of a day whose records are all there. */
  public static final String COMPLETE = "COMPLETE";

  private final Publisher publisher;
  private final Producing producing;
  private final Clock clock;
  private final String runId = UUID.randomUUID().toString();

  /**
   * A day that is being produced.
   *
   * @param startedAt when it was started
   * @param entry the entry that says so; no record may be sent before it is acknowledged
   */
  public record Opening(Instant startedAt, Delivery entry) {}

  /**
   * The ledger of one run.
   *
   * @param producing what is produced
   * @param clock gives the times when days start and end; no record depends on it
   */
  public Ledger(Publisher publisher, Producing producing, Clock clock) {
    this.publisher = publisher;
    this.producing = producing;
    this.clock = clock;
  }

  /** What names this run in its entries: UUID text. */
  public String runId() {
    return runId;
  }

  /** States that a day is being produced, without waiting for the acknowledgement. */
  public Opening open(LocalDate day) {
    Instant now = now();
    return new Opening(now, write(day, now, entry(STARTED, now).build()));
  }

  /**
   * States that a day is being produced, before its first record. The entry is acknowledged when
   * the call returns.
   *
   * @return when it was started, for {@link #complete}
   */
  public Instant start(LocalDate day) {
    Instant startedAt = open(day).startedAt();
    publisher.drain();
    return startedAt;
  }

  /**
   * States what a day holds, after the last of its records was acknowledged, without waiting for
   * the acknowledgement of the entry.
   */
  public void close(LocalDate day, Opening opening, DayFigures figures) {
    write(day, opening.startedAt(), figures.sums(), figures.customers(), null);
  }

  /**
   * States what a day holds in spite of the faults that were injected into it, after the last of
   * its records was acknowledged, refused ones included. The entry is acknowledged when the call
   * returns.
   */
  public void complete(LocalDate day, Instant startedAt, DayFigures figures, Faults faults) {
    Instant now = now();
    write(
        day,
        now,
        complete(startedAt, now, figures.sums(), figures.customers())
            .setRefused(faults.allRefused())
            .setFaults(faults.json())
            .build());
    publisher.drain();
  }

  /**
   * States what a day holds, after the last of its records was acknowledged. The entry is
   * acknowledged when the call returns.
   *
   * @param customers how many are distinct
   * @param rejected rows of the source that are no sales; null where there is no source
   */
  public void complete(
      LocalDate day, Instant startedAt, DaySums sums, long customers, Long rejected) {
    write(day, startedAt, sums, customers, rejected);
    publisher.drain();
  }

  /**
   * States what a live run has produced of a day, once all of it was acknowledged, without waiting
   * for the acknowledgement of the entry.
   *
   * @param status {@link #STARTED} while the day goes on
   * @param until the figures are of the records before this instant
   * @param spans within which times the records lie
   */
  public Delivery state(
      LocalDate day,
      String status,
      Instant startedAt,
      DayFigures figures,
      Instant until,
      String spans) {
    Instant now = now();
    return write(
        day,
        now,
        withFigures(entry(status, startedAt), figures.sums(), figures.customers())
            .setCompletedAt(COMPLETE.equals(status) ? now : null)
            .setUntil(until)
            .setSpans(spans)
            .build());
  }

  private void write(
      LocalDate day, Instant startedAt, DaySums sums, long customers, Long rejected) {
    Instant now = now();
    write(day, now, complete(startedAt, now, sums, customers).setRejected(rejected).build());
  }

  private RunLedger.Builder complete(Instant startedAt, Instant now, DaySums sums, long customers) {
    return withFigures(entry(COMPLETE, startedAt).setCompletedAt(now), sums, customers);
  }

  private static RunLedger.Builder withFigures(
      RunLedger.Builder entry, DaySums sums, long customers) {
    return entry
        .setRecords(sums.records())
        .setQuantity(sums.quantity())
        .setRevenue(sums.revenue())
        .setProfit(sums.profit())
        .setCustomers(customers)
        .setIdChecksum(sums.idChecksum().toString());
  }

  private RunLedger.Builder entry(String status, Instant startedAt) {
    return RunLedger.newBuilder()
        .setStatus(status)
        .setRunId(runId)
        .setProducer(producing.producer())
        .setArguments(producing.arguments())
        .setStartedAt(startedAt);
  }

  private Delivery write(LocalDate day, Instant time, RunLedger entry) {
    String name = producing.dataset();
    // Not by the serialised key: see RecordId.partition.
    int partition = RecordId.of(name, day.toString()).partition(Topic.RUN_LEDGER.partitions());
    return publisher.send(Topic.RUN_LEDGER, partition, time, new RunLedgerKey(name, day), entry);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}

package io.furnistream.replay.run;

import io.furnistream.producing.Ledger;
import io.furnistream.replay.spool.Spool;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DaySums;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

/**
 * Does what a spool has planned, day by day: states that a day is being written, writes and takes
 * back its lines, and states what it holds then.
 */
final class DayWriter implements Spool.StepReader {

  private final LineBytes bytes;
  private final ReplaySummary summary;
  private final RejectedRows rejected;
  private final Map<LocalDate, Spool.Day> days;
  private final LineWriter lines;
  private final Ledger ledger;
  private final Stated stated;

  private LocalDate day;
  private DaySums all;
  private DaySums inFiles;

  /** Null while the figures of the day stay as they are. */
  private Instant startedAt;

  /**
   * A writer.
   *
   * @param days what they hold in the end
   * @param lines where lines are written
   * @param stated what the ledger stated before
   */
  DayWriter(
      LineBytes bytes,
      ReplaySummary summary,
      RejectedRows rejected,
      Map<LocalDate, Spool.Day> days,
      LineWriter lines,
      Ledger ledger,
      Stated stated) {
    this.bytes = bytes;
    this.summary = summary;
    this.rejected = rejected;
    this.days = days;
    this.lines = lines;
    this.ledger = ledger;
    this.stated = stated;
  }

  /** One that only counts. */
  static DayWriter dry(
      LineBytes bytes,
      ReplaySummary summary,
      RejectedRows rejected,
      Map<LocalDate, Spool.Day> days) {
    return new DayWriter(bytes, summary, rejected, days, null, null, Stated.NOTHING);
  }

  @Override
  public void take(Spool.Step step) {
    if (!step.day().equals(day)) {
      endDay();
      day = step.day();
      all = new DaySums();
      inFiles = new DaySums();
    }
    switch (step.kind()) {
      case TOUCH -> startedAt = isDry() ? Instant.EPOCH : ledger.start(day);
      case TAKE_BACK -> {
        summary.takenBack();
        if (!isDry()) {
          lines.takeBack(step.id(), day);
        }
      }
      case SEND -> {
        DailyRecord sale = count(step);
        summary.sent();
        if (!isDry()) {
          lines.write(step.id(), sale);
        }
      }
      case KEEP -> count(step);
      case STAY -> all.add(step.id(), bytes.read(step.record()));
    }
  }

  private DailyRecord count(Spool.Step step) {
    DailyRecord sale = bytes.read(step.record());
    all.add(step.id(), sale);
    inFiles.add(step.id(), sale);
    return sale;
  }

  /** Ends the last day, and states that those hold nothing any more which have no line left. */
  void end() {
    endDay();
    if (!isDry()) {
      for (LocalDate gone : stated.missingIn(days)) {
        ledger.complete(gone, ledger.start(gone), new DaySums(), 0, rejected.of(gone));
        summary.day(gone, new DaySums(), true);
      }
    }
  }

  private void endDay() {
    if (day == null) {
      return;
    }
    if (!isDry()) {
      state(days.get(day).customers());
    }
    summary.day(day, inFiles, startedAt != null);
    day = null;
    startedAt = null;
  }

  /** Two runs at once may have left something else in the ledger than in Kafka. */
  private void state(long customers) {
    if (startedAt == null && !stated.says(day, all, customers)) {
      startedAt = ledger.start(day);
    }
    if (startedAt != null) {
      lines.drain();
      ledger.complete(day, startedAt, all, customers, rejected.of(day));
    }
  }

  private boolean isDry() {
    return lines == null;
  }
}

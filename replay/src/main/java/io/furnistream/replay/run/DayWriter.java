package io.furnistream.replay.run;

import io.furnistream.producing.Ledger;
import io.furnistream.replay.spool.Spool;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DayFigures;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Does what a spool has worked out, day by day: states that a day is being written, writes and
 * takes back its lines, and states what it holds then.
 */
final class DayWriter implements Spool.StepReader {

  private final LineBytes bytes;
  private final ReplaySummary summary;
  private final RejectedRows rejected;
  private final LineWriter lines;
  private final Ledger ledger;

  private LocalDate day;
  private DayFigures all;
  private DayFigures inFiles;

  /** Null while the figures of the day stay as they are. */
  private Instant startedAt;

  /**
   * A writer.
   *
   * @param lines null in a dry run
   * @param ledger null in a dry run
   */
  DayWriter(
      LineBytes bytes,
      ReplaySummary summary,
      RejectedRows rejected,
      LineWriter lines,
      Ledger ledger) {
    this.bytes = bytes;
    this.summary = summary;
    this.rejected = rejected;
    this.lines = lines;
    this.ledger = ledger;
  }

  @Override
  public void take(Spool.Step step) {
    if (!step.day().equals(day)) {
      end();
      day = step.day();
      all = new DayFigures();
      inFiles = new DayFigures();
    }
    switch (step.kind()) {
      case DAY -> startedAt = ledger == null ? Instant.EPOCH : ledger.start(day);
      case TAKE_BACK -> {
        summary.takenBack();
        if (lines != null) {
          lines.takeBack(step.id(), day);
        }
      }
      case SEND -> {
        DailyRecord sale = count(step);
        summary.sent();
        if (lines != null) {
          lines.write(step.id(), sale);
        }
      }
      case KEEP -> count(step);
      case STAY -> all.add(bytes.read(step.record()));
    }
  }

  private DailyRecord count(Spool.Step step) {
    DailyRecord sale = bytes.read(step.record());
    all.add(sale);
    inFiles.add(sale);
    return sale;
  }

  /** Ends the last day. */
  void end() {
    if (day == null) {
      return;
    }
    if (lines != null && startedAt != null) {
      lines.drain();
      ledger.complete(day, startedAt, all, rejected.of(day));
    }
    summary.day(day, inFiles, startedAt != null);
    day = null;
    startedAt = null;
  }
}

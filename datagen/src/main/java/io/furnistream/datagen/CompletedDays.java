package io.furnistream.datagen;

import io.furnistream.cli.Progress;
import io.furnistream.schemas.DayFigures;
import java.time.LocalDate;
import java.util.Locale;
import java.util.function.BiConsumer;

/** Takes each day that is complete: adds it to the summary, and tells a log of it. */
final class CompletedDays implements BiConsumer<LocalDate, DayFigures> {

  private final RunSummary summary;
  private final Progress progress;

  CompletedDays(RunSummary summary, Progress progress) {
    this.summary = summary;
    this.progress = progress;
  }

  @Override
  public void accept(LocalDate day, DayFigures figures) {
    summary.add(figures);
    progress.tell(String.format(Locale.ROOT, "%s complete: %,d records", day, figures.records()));
  }
}

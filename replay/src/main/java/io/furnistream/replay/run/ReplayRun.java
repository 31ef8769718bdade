package io.furnistream.replay.run;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Endpoints;
import io.furnistream.cli.Progress;
import io.furnistream.cli.Stopwatch;
import io.furnistream.cli.WrongInputException;
import io.furnistream.producing.Ledger;
import io.furnistream.producing.Producing;
import io.furnistream.producing.Publisher;
import io.furnistream.producing.Readiness;
import io.furnistream.producing.SchemaIds;
import io.furnistream.replay.lines.LineMapper;
import io.furnistream.replay.lines.RejectedException;
import io.furnistream.replay.lines.Sale;
import io.furnistream.replay.mapping.Mapping;
import io.furnistream.replay.places.Places;
import io.furnistream.replay.source.MalformedRowException;
import io.furnistream.replay.source.Row;
import io.furnistream.replay.source.Rows;
import io.furnistream.replay.source.RowsReader;
import io.furnistream.replay.source.SourceFile;
import io.furnistream.replay.spool.Spool;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.DatasetHeader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Replays files as one dataset. All rows are read and put in order before the first is written, so
 * that a file that cannot be read changes nothing; and only what Kafka does not have yet is
 * written, so that a run that was killed is completed by the next.
 */
public final class ReplayRun {

  private static final String PROGRAM = "replay";

  /** Of how rows become records: raise it when the same row makes another one. */
  private static final int VERSION = 1;

  private final Options options;
  private final Mapping mapping;
  private final Places places;
  private final ZoneId storeZone;
  private final ReplaySummary summary;
  private final RejectedRows rejectedRows = new RejectedRows();

  /**
   * What is asked for.
   *
   * @param dataset its name
   * @param mapping name of the mapping, for the ledger
   * @param replace whether lines that are not in the files any more are taken back
   * @param strict whether the first row that is no sale ends the run, before anything is written
   * @param dryRun whether nothing is written but the files of rejected rows
   * @param speed how many seconds of the source pass in one; 0 for as fast as can be
   * @param since days of the dataset that were completed from then on count as changed
   * @param temporary folder in which lines are put in order, on disk
   */
  public record Options(
      String dataset,
      String mapping,
      boolean replace,
      boolean strict,
      boolean dryRun,
      long speed,
      Instant since,
      Path temporary) {}

  /** A run. */
  public ReplayRun(Options options, Mapping mapping, Places places, ZoneId storeZone) {
    this.options = options;
    this.mapping = mapping;
    this.places = places;
    this.storeZone = storeZone;
    this.summary = new ReplaySummary(options.dataset(), options.dryRun());
  }

  /**
   * Replays the files.
   *
   * @param endpoints where the stack answers; not asked for in a dry run
   * @throws WrongInputException when files or the mapping are wrong, or do not fit one another
   * @throws CannotRunException when the stack does not answer, a disk is full, or a file changes
   *     meanwhile
   */
  public ReplaySummary replay(List<Path> paths, Supplier<Endpoints> endpoints) {
    RejectedFile.requireNotAmong(paths);
    List<SourceFile> files = paths.stream().map(SourceFile::of).toList();
    Endpoints stack = options.dryRun() ? null : endpoints.get();
    SchemaIds ids = options.dryRun() ? null : ready(stack);
    LineBytes bytes = new LineBytes();
    try (Spool spool = Spool.in(options.temporary())) {
      files.forEach(file -> read(file, spool, bytes));
      files.forEach(SourceFile::requireUnchanged);
      requireSomeSale(spool);
      if (options.dryRun()) {
        choose(spool);
        DayWriter days = DayWriter.dry(bytes, summary, rejectedRows, spool.plan(false, List.of()));
        spool.forEachStep(days);
        days.end();
      } else {
        write(spool, bytes, stack, ids);
      }
    }
    return summary;
  }

  /** A mapping that does not fit would take back the whole dataset. */
  private void requireSomeSale(Spool spool) {
    if (options.replace() && spool.lines() == 0 && summary.rejectedRows() > 0) {
      throw new WrongInputException(
          "No row of these files is a sale (%,d rejected), and --replace would take back all of '%s'. Nothing was written. Correct the mapping or the rows; to empty a dataset, replay a file that has only the header."
              .formatted(summary.rejectedRows(), options.dataset()));
    }
  }

  private void read(SourceFile file, Spool spool, LineBytes bytes) {
    RowsReader.Opened opened = new RowsReader(mapping).open(file);
    summary.note(opened.note());
    rejectedRows.begin();
    try (Rows rows = opened.rows()) {
      // Before an earlier file of rejected rows goes: it may have been corrected by hand.
      LineMapper mapper =
          new LineMapper(options.dataset(), mapping, file.path(), rows.header(), storeZone, places);
      read(file, rows, mapper, spool, bytes);
    } catch (IOException e) {
      throw new WrongInputException("%s cannot be read: %s.".formatted(file.path(), e), e);
    }
  }

  private void read(SourceFile file, Rows rows, LineMapper mapper, Spool spool, LineBytes bytes)
      throws IOException {
    try (RejectedFile rejected = new RejectedFile(file.path(), rows.header(), mapping)) {
      NoData noData = new NoData(mapping, rows.header());
      while (true) {
        Row row;
        try {
          row = rows.next();
          if (row == null) {
            return;
          }
          summary.row();
          if (noData.is(row)) {
            summary.skipped();
            continue;
          }
          Sale sale = mapper.map(row);
          add(spool, bytes, row, sale);
        } catch (MalformedRowException e) {
          summary.row();
          reject(file, rejected, e.row(), "", "row", e.getMessage());
        } catch (RejectedException e) {
          reject(file, rejected, e.row(), e.column(), e.field(), e.getMessage());
        }
      }
    }
  }

  private void add(Spool spool, LineBytes bytes, Row row, Sale sale) {
    if (!sale.placed()) {
      summary.unplaced(
          String.join(
              ", ", sale.value().getCity(), sale.value().getState(), sale.value().getCountry()));
    }
    rejectedRows.sale(sale.value().getTsDate());
    byte[] record = bytes.write(sale.value());
    spool.add(
        sale.id().uuid(),
        sale.value().getTsDate(),
        sale.value().getTs().toEpochMilli(),
        bytes.hash(row.cells()),
        bytes.hash(record),
        sale.value().getCustomerId(),
        record);
  }

  private void reject(
      SourceFile file, RejectedFile rejected, Row row, String column, String field, String reason) {
    if (options.strict()) {
      throw new WrongInputException(
          "%s, line %d%s: %s. Nothing was written; correct the row, or leave --strict out."
              .formatted(
                  file.path(),
                  row.line(),
                  column.isEmpty() ? "" : ", column '" + column + "'",
                  reason));
    }
    summary.reject(field, rejected.path());
    rejectedRows.reject();
    rejected.add(row, column, reason);
  }

  private void choose(Spool spool) {
    Spool.Superseded superseded = spool.choose();
    summary.superseded(superseded.duplicates(), superseded.corrected());
  }

  /** Before the files are read, which may take minutes. */
  private static SchemaIds ready(Endpoints endpoints) {
    return new Readiness(endpoints).require();
  }

  private void write(Spool spool, LineBytes bytes, Endpoints endpoints, SchemaIds ids) {
    Stated stated;
    try (WrittenLines written = new WrittenLines(endpoints)) {
      stated = new Stated(written.ledger(options.dataset()));
      stated.requireMadeBy(PROGRAM, options.dataset());
      if (!stated.isEmpty()) {
        written.addTo(spool, options.dataset(), bytes);
      }
    }
    choose(spool);
    Map<LocalDate, Spool.Day> days =
        spool.plan(options.replace(), stated.toStateAgain(rejectedRows));
    stated.completedSince(options.since()).forEach(summary::changed);
    if (!options.replace()) {
      stated.requireNothingLost(days);
    }
    AvroClients clients = new AvroClients(endpoints.kafkaClient(), endpoints.registryClient());
    Pace pace = new Pace(options.speed(), Stopwatch.start());
    try (Publisher publisher = new Publisher(clients, ids);
        Progress progress = Progress.start("Replaying", "records", spool.lines())) {
      Ledger ledger =
          new Ledger(
              publisher,
              new Producing(
                  options.dataset(), PROGRAM + " " + VERSION, "--mapping " + options.mapping()),
              Clock.systemUTC());
      DayWriter writer =
          new DayWriter(
              bytes,
              summary,
              rejectedRows,
              days,
              new LineWriter(publisher, new DatasetHeader(options.dataset()), pace, progress),
              ledger,
              stated);
      spool.forEachStep(writer);
      writer.end();
    }
  }
}

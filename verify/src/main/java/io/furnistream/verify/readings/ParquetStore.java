package io.furnistream.verify.readings;

import io.furnistream.cli.CannotRunException;
import io.furnistream.schemas.StoreKind;
import io.furnistream.stores.export.DayManifest;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.Difference;
import io.furnistream.verify.tables.Figures;
import io.furnistream.verify.tables.OpenDays;
import io.furnistream.verify.tables.StoreReading;
import io.furnistream.verify.tables.Table;
import io.furnistream.verify.tables.TableLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The closed days: what their Parquet files hold, and whether these are what their manifests state.
 * It states nothing about a day that is not closed.
 */
public final class ParquetStore implements Store {

  /** Its name in reports. */
  public static final String NAME = "parquet";

  private final Path folder;
  private final ParquetSession session;

  /**
   * The days closed into this folder; there may be none yet.
   *
   * @param folder the export folder
   */
  public ParquetStore(Path folder) {
    this.folder = folder;
    this.session = new ParquetSession();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public StoreReading read(DayRange range, OpenDays open) {
    try {
      return readAll(range, open);
    } catch (IOException e) {
      throw cannotRead(e);
    } catch (UncheckedIOException e) {
      throw cannotRead(e.getCause());
    }
  }

  @Override
  public void close() {
    session.close();
  }

  private StoreReading readAll(DayRange range, OpenDays open) throws IOException {
    ExportListing listing = ExportListing.of(folder);
    TreeMap<LocalDate, Figures> days = new TreeMap<>();
    Map<TableLayout, Table> tables = new LinkedHashMap<>();
    for (TableLayout layout : TableLayout.aggregatedIn(StoreKind.PARQUET)) {
      tables.put(layout, layout.empty());
    }
    List<Difference> contradictions = new ArrayList<>();
    for (Map.Entry<LocalDate, Optional<DayManifest>> entry : listing.manifests().entrySet()) {
      LocalDate day = entry.getKey();
      if (!range.contains(day)) {
        continue;
      }
      if (entry.getValue().isEmpty()) {
        contradictions.add(
            Difference.of(day, NAME, DayManifest.path(day), "format", DayManifest.FORMAT, null));
        continue;
      }
      ParquetDay files = new ParquetDay(session, folder, day, entry.getValue().get(), tables);
      days.put(day, files.read());
      contradictions.addAll(files.contradictions());
    }
    // Files of a day that goes on are of an earlier time: it is to be closed again.
    open.days().forEach(days::remove);
    UnstatedFiles unstated = new UnstatedFiles(folder, listing, range);
    contradictions.addAll(unstated.ofDays());
    return new StoreReading(
        Figures.UNKNOWN,
        days,
        List.copyOf(tables.values()),
        List.of(),
        contradictions,
        unstated.ofNoDay());
  }

  private CannotRunException cannotRead(IOException cause) {
    return new CannotRunException(
        "The closed days in %s cannot be read (%s). Let this user read the folder, or name another with --export."
            .formatted(folder, cause),
        cause);
  }
}

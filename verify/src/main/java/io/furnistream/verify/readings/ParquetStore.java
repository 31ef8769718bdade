package io.furnistream.verify.readings;

import io.furnistream.cli.CannotRunException;
import io.furnistream.schemas.StoreKind;
import io.furnistream.stores.export.DayManifest;
import io.furnistream.verify.database.StagedTable;
import io.furnistream.verify.records.Landed;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.Difference;
import io.furnistream.verify.tables.Figures;
import io.furnistream.verify.tables.StoreReading;
import io.furnistream.verify.tables.TableLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The closed days: what their Parquet files hold, and whether these are what their manifests state.
 * It states nothing about a day that is not closed.
 */
public final class ParquetStore implements Store {

  /** Its name in reports. */
  public static final String NAME = "parquet";

  private final Path folder;
  private final TableLayout records;

  /**
   * The days closed into this folder; there may be none yet.
   *
   * @param folder the export folder
   * @param records what is compared of the raw records
   */
  public ParquetStore(Path folder, TableLayout records) {
    this.folder = folder;
    this.records = records;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void refresh() {
    // Files are read as they are.
  }

  @Override
  public StagedReading read(DayRange range, Staging staging) {
    try {
      return readAll(range, staging);
    } catch (IOException e) {
      throw cannotRead(e);
    } catch (UncheckedIOException e) {
      throw cannotRead(e.getCause());
    }
  }

  @Override
  public void close() {
    // It holds nothing.
  }

  private StagedReading readAll(DayRange range, Staging staging) throws IOException {
    List<TableLayout> layouts = new ArrayList<>(List.of(records));
    layouts.addAll(TableLayout.aggregatedIn(StoreKind.PARQUET));
    layouts.forEach(
        layout -> StagedTable.create(staging.database(), staging.relation(layout), layout));
    ExportListing listing = ExportListing.of(folder);
    List<Difference> contradictions = new ArrayList<>();
    Map<LocalDate, ParquetDay> closed = new TreeMap<>();
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
      ParquetDay files = new ParquetDay(staging, folder, day, entry.getValue().get());
      files.read(layouts);
      closed.put(day, files);
    }
    SortedMap<LocalDate, Figures> found =
        Landed.figures(staging.database(), staging.relation(records));
    closed.forEach(
        (day, files) -> {
          files.holdManifestAgainst(found.getOrDefault(day, Figures.ZERO));
          contradictions.addAll(files.contradictions());
        });
    TreeMap<LocalDate, Figures> days = new TreeMap<>(found);
    closed.keySet().forEach(day -> days.putIfAbsent(day, Figures.ZERO));
    // Files of a day that goes on are of an earlier time: it is to be closed again.
    staging.open().days().forEach(days::remove);
    staging.state(days.keySet());
    UnstatedFiles unstated = new UnstatedFiles(folder, listing, range);
    contradictions.addAll(unstated.ofDays());
    return new StagedReading(
        new StoreReading(Figures.UNKNOWN, days, contradictions, unstated.ofNoDay()),
        layouts.stream()
            .map(layout -> new Staged(layout, staging.relation(layout), true))
            .toList());
  }

  private CannotRunException cannotRead(IOException cause) {
    return new CannotRunException(
        "The closed days in %s cannot be read (%s). Let this user read the folder, or name another with --export."
            .formatted(folder, cause),
        cause);
  }
}

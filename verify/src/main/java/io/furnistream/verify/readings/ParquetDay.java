package io.furnistream.verify.readings;

import io.furnistream.schemas.DayFigures;
import io.furnistream.schemas.RecordId;
import io.furnistream.schemas.Topic;
import io.furnistream.stores.export.DayManifest;
import io.furnistream.stores.export.Hashes;
import io.furnistream.stores.export.ManifestFile;
import io.furnistream.verify.tables.Cell;
import io.furnistream.verify.tables.Column;
import io.furnistream.verify.tables.Difference;
import io.furnistream.verify.tables.Figures;
import io.furnistream.verify.tables.StoredRow;
import io.furnistream.verify.tables.Table;
import io.furnistream.verify.tables.TableLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

/** The files of one closed day, compared with its manifest. */
final class ParquetDay {

  private static final String RECORDS =
      "SELECT ts_id, customer_id, quantity, revenue, coalesce(profit, 0) AS profit"
          + " FROM read_parquet(?)";

  private final ParquetSession session;
  private final Path folder;
  private final LocalDate day;
  private final DayManifest manifest;
  private final Map<TableLayout, Table> tables;
  private final List<Difference> contradictions = new ArrayList<>();

  /**
   * A day.
   *
   * @param tables take the rows of its aggregates, each laid out as its key says
   */
  ParquetDay(
      ParquetSession session,
      Path folder,
      LocalDate day,
      DayManifest manifest,
      Map<TableLayout, Table> tables) {
    this.session = session;
    this.folder = folder;
    this.day = day;
    this.manifest = manifest;
    this.tables = tables;
  }

  /** Reads the files, and returns the records' totals. */
  Figures read() throws IOException {
    DayFigures sums = new DayFigures();
    for (ManifestFile file : manifest.files()) {
      if (file.schema().equals(Topic.DAILY_RECORDS.topicName())) {
        read(file, RECORDS, row -> add(row, sums));
      } else {
        readAggregate(file);
      }
    }
    Figures figures = Figures.of(sums);
    holdManifestAgainst(figures);
    return figures;
  }

  /** Where files and manifest contradict each other; complete after reading. */
  List<Difference> contradictions() {
    return contradictions;
  }

  private void readAggregate(ManifestFile stated) throws IOException {
    for (Map.Entry<TableLayout, Table> table : tables.entrySet()) {
      TableLayout layout = table.getKey();
      if (layout.name().equals(stated.schema())) {
        String sql = "SELECT " + layout.selected() + " FROM read_parquet(?)";
        read(stated, sql, row -> layout.put(table.getValue(), row));
        return;
      }
    }
    contradict(stated.path(), "schema", null, stated.schema());
  }

  private void read(ManifestFile stated, String sql, Consumer<StoredRow> reader)
      throws IOException {
    Path file = folder.resolve(stated.path());
    String hash = Files.isRegularFile(file) ? Hashes.sha256(file) : null;
    if (!stated.sha256().equals(hash)) {
      contradict(stated.path(), "sha256", stated.sha256(), hash);
    }
    if (hash == null) {
      return;
    }
    try {
      session.forEachRow(sql, file, reader);
    } catch (ParquetSession.UnreadableFileException e) {
      contradict(stated.path(), "rows", stated.rows(), null);
    }
  }

  private static void add(StoredRow row, DayFigures sums) {
    sums.add(
        id(row),
        row.text("customer_id"),
        row.count("quantity"),
        row.amount("revenue"),
        row.amount("profit"));
  }

  private static UUID id(StoredRow row) {
    try {
      return RecordId.parse(row.text("ts_id")).uuid();
    } catch (IllegalArgumentException e) {
      throw new ParquetSession.UnreadableFileException(e);
    }
  }

  private void holdManifestAgainst(Figures figures) {
    Map<String, String> stated = manifest.figures();
    for (Column column : Column.values()) {
      String is = stated.get(column.text());
      String must = Cell.text(column.of(figures));
      if (!Objects.equals(must, is)) {
        contradict(DayManifest.path(day), column.text(), must, is);
      }
    }
  }

  private void contradict(String row, String column, Object must, Object is) {
    contradictions.add(Difference.of(day, ParquetStore.NAME, row, column, must, is));
  }
}

package io.furnistream.verify.readings;

import io.furnistream.schemas.TopicColumn;
import io.furnistream.stores.duckdb.DuckDb;
import io.furnistream.stores.export.DayManifest;
import io.furnistream.stores.export.Hashes;
import io.furnistream.stores.export.ManifestFile;
import io.furnistream.verify.database.SqlColumn;
import io.furnistream.verify.database.StagedTable;
import io.furnistream.verify.tables.Cell;
import io.furnistream.verify.tables.Column;
import io.furnistream.verify.tables.Difference;
import io.furnistream.verify.tables.Figures;
import io.furnistream.verify.tables.TableLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The files of one closed day, compared with its manifest. DuckDB reads them, which shares no code
 * with what wrote them, and is what the dashboards read them with.
 */
final class ParquetDay {

  private final Staging staging;
  private final Path folder;
  private final LocalDate day;
  private final DayManifest manifest;
  private final List<Difference> contradictions = new ArrayList<>();

  /** A day. */
  ParquetDay(Staging staging, Path folder, LocalDate day, DayManifest manifest) {
    this.staging = staging;
    this.folder = folder;
    this.day = day;
    this.manifest = manifest;
  }

  /**
   * Reads the files.
   *
   * @param tables those that the manifest may name
   */
  void read(List<TableLayout> tables) throws IOException {
    for (ManifestFile file : manifest.files()) {
      TableLayout named =
          tables.stream()
              .filter(layout -> layout.name().equals(file.schema()))
              .findFirst()
              .orElse(null);
      if (named == null) {
        contradict(file.path(), "schema", null, file.schema());
      } else {
        read(file, named);
      }
    }
  }

  /** Compares the records' totals with what the manifest says of them. */
  void holdManifestAgainst(Figures figures) {
    Map<String, String> stated = manifest.figures();
    for (Column column : Column.values()) {
      String is = stated.get(column.text());
      String must = Cell.text(column.of(figures));
      if (!Objects.equals(must, is)) {
        contradict(DayManifest.path(day), column.text(), must, is);
      }
    }
  }

  /** Where files and manifest contradict each other; complete after reading. */
  List<Difference> contradictions() {
    return contradictions;
  }

  private void read(ManifestFile stated, TableLayout layout) throws IOException {
    Path file = folder.resolve(stated.path());
    String hash = Files.isRegularFile(file) ? Hashes.sha256(file) : null;
    if (!stated.sha256().equals(hash)) {
      contradict(stated.path(), "sha256", stated.sha256(), hash);
    }
    if (hash == null) {
      return;
    }
    try {
      staging
          .database()
          .tryTo(
              "INSERT INTO %s BY NAME SELECT ts_date AS %s, %s FROM read_parquet(?)"
                  .formatted(staging.relation(layout), StagedTable.DAY, selected(layout)),
              DuckDb.literally(file));
    } catch (SQLException e) {
      contradict(stated.path(), "rows", stated.rows(), null);
    }
  }

  private static String selected(TableLayout layout) {
    return layout.allColumns().stream().map(ParquetDay::selected).collect(Collectors.joining(", "));
  }

  private static String selected(TopicColumn column) {
    String name = new SqlColumn(column).quoted();
    return switch (column.kind()) {
      case INSTANT -> "epoch_ms(%1$s) AS %1$s".formatted(name);
      default -> name;
    };
  }

  private void contradict(String row, String column, Object must, Object is) {
    contradictions.add(Difference.of(day, ParquetStore.NAME, row, column, must, is));
  }
}

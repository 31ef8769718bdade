package io.furnistream.rollup.files;

import io.furnistream.parquet.RowFile;
import io.furnistream.stores.export.Hashes;
import io.furnistream.stores.export.ManifestFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;

/**
 * Writes one of a day's files, and hashes the rows as they pass.
 *
 * @param <R> what makes up a row
 */
public final class FileWriter<R> implements AutoCloseable {

  /** Names of the file's key-value metadata. */
  static final String SCHEMA = "furnistream.schema";

  static final String FINGERPRINT = "furnistream.schema.fingerprint";
  static final String DAY = "furnistream.day";
  static final String REVISION = "furnistream.revision";

  private final FileSchema<R> schema;
  private final LocalDate day;
  private final Path file;
  private final ContentHash content = new ContentHash();
  private final RowFile<R> rowFile;
  private long rows;

  /**
   * Begins the file.
   *
   * @param schema its columns
   * @param day the day whose file it is
   * @param revision the revision of the day, 1 or more
   * @param file where it is written; a folder that is not there is made
   * @throws IOException when the file is there already, or cannot be written
   */
  public FileWriter(FileSchema<R> schema, LocalDate day, int revision, Path file)
      throws IOException {
    this.schema = schema;
    this.day = day;
    this.file = file;
    Files.createDirectories(file.getParent());
    this.rowFile =
        new RowFile<>(
            schema.table(),
            Map.of(
                SCHEMA, schema.name(),
                FINGERPRINT, schema.fingerprint(),
                DAY, day.toString(),
                REVISION, Integer.toString(revision)),
            content,
            file);
  }

  /**
   * Adds a row.
   *
   * @throws io.furnistream.cli.CannotRunException when a column cannot hold its value without
   *     changing it
   */
  public void write(R row) throws IOException {
    rowFile.write(row);
    rows++;
  }

  /** Ends the file and describes it; it is on the disk then. */
  public ManifestFile finish() throws IOException {
    rowFile.close();
    Disk.sync(file);
    return new ManifestFile(
        schema.path(day),
        schema.name(),
        schema.fingerprint(),
        rows,
        Files.size(file),
        content.text(),
        Hashes.sha256(file));
  }

  @Override
  public void close() throws IOException {
    rowFile.close();
  }
}

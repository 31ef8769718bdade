package io.furnistream.transforms.tables;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table in a file, held in memory and read again when the file changes. A changed file that
 * cannot be read changes nothing: the rows read before stay, and the log says so. Used by one
 * thread.
 */
public final class ReferenceFile implements ReferenceSource {

  private static final Logger LOG = LoggerFactory.getLogger(ReferenceFile.class);

  private final Path file;
  private final TableReader reader;
  private final ReferenceTable table;
  private final RowLimit limit;
  private final long checkEveryNanos;
  private final LongSupplier nanoTime;

  private Map<Object, Object[]> rows;
  private Stamp stamp;
  private long checked;

  /**
   * Reads the file.
   *
   * @param limit more rows are refused
   * @param checkEvery the time between two looks at whether the file has changed
   * @param nanoTime a clock that only goes forward, in nanoseconds
   * @throws ConnectException when it cannot be read
   */
  public ReferenceFile(
      Path file,
      TableReader reader,
      ReferenceTable table,
      RowLimit limit,
      Duration checkEvery,
      LongSupplier nanoTime) {
    this.file = file;
    this.reader = reader;
    this.table = table;
    this.limit = limit;
    this.checkEveryNanos = checkEvery.toNanos();
    this.nanoTime = nanoTime;
    checked = nanoTime.getAsLong();
    try {
      // Before the rows: a file that is written to meanwhile is read once more.
      stamp = Stamp.of(file);
      rows = read();
    } catch (IOException | DataException e) {
      throw new ConnectException(
          "The reference table " + file + " cannot be read: " + message(e), e);
    }
    LOG.info("Read {} rows of the reference table {}", rows.size(), file);
  }

  @Override
  public Object[] row(Object key) {
    long now = nanoTime.getAsLong();
    if (now - checked >= checkEveryNanos) {
      checked = now;
      readIfChanged();
    }
    return rows.get(key);
  }

  private void readIfChanged() {
    Stamp found;
    try {
      found = Stamp.of(file);
    } catch (IOException e) {
      found = Stamp.NONE;
    }
    if (found.equals(stamp)) {
      return;
    }
    // Remembered even if it is broken: it is read, and complained of, once.
    stamp = found;
    try {
      Map<Object, Object[]> read = read();
      LOG.info(
          "Read the reference table {} again: {} rows, before {}", file, read.size(), rows.size());
      rows = read;
    } catch (IOException | DataException e) {
      LOG.error(
          "The reference table {} has changed and cannot be read; the {} rows read before stay in"
              + " use: {}",
          file,
          rows.size(),
          message(e));
    }
  }

  private Map<Object, Object[]> read() throws IOException {
    Map<Object, Object[]> read = new HashMap<>();
    Map<Object, Object> shared = new HashMap<>();
    Map<Object, Long> numbers = new HashMap<>();
    reader.read(
        file,
        table,
        (number, row) -> {
          if (!limit.allows(read.size() + 1)) {
            throw new DataException(limit.refusal());
          }
          try {
            Object key = table.key(row);
            Long earlier = numbers.put(key, number);
            if (earlier != null) {
              throw new DataException(
                  "its key %s is in %s %d too".formatted(key, reader.unit(), earlier));
            }
            read.put(key, table.values(row, shared));
          } catch (DataException e) {
            throw new DataException(
                "%s %d: %s".formatted(reader.unit(), number, e.getMessage()), e);
          }
        });
    return read;
  }

  private static String message(Exception e) {
    return e instanceof java.nio.file.NoSuchFileException
        ? "there is no such file"
        : e.getMessage();
  }

  @Override
  public void close() {
    rows = Map.of();
  }

  /** What distinguishes one content of a file from the next. */
  private record Stamp(FileTime modified, long bytes, Object identity) {

    static final Stamp NONE = new Stamp(null, 0, null);

    static Stamp of(Path file) throws IOException {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }
  }
}

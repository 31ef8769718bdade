package io.furnistream.benchmarks.rollup;

import io.furnistream.benchmarks.Summary;
import io.furnistream.cli.ExitStatus;
import io.furnistream.rollup.files.Disk;
import io.furnistream.rollup.files.FileSchema;
import io.furnistream.rollup.files.FileWriter;
import io.furnistream.rollup.records.RawRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How many rows a second our writer puts into a file of records, compared with DuckDB with one
 * thread. Both write the same rows, which both hold in memory, with zstd, and both return when the
 * file is on the disk. Ours also hashes every row and the file.
 */
public final class ParquetWriterBenchmark {

  private static final int ROWS = 500_000;
  private static final int WARM_UPS = 2;
  private static final int ROUNDS = 9;
  private static final double LEAST_RATIO = 0.25;

  private final Path ours;
  private final Path theirs;
  private final List<RawRecord> rows = new ArrayList<>(ROWS);
  private final Connection duckDb;

  private ParquetWriterBenchmark(Path folder) throws IOException, SQLException {
    this.ours = folder.resolve("ours.parquet");
    this.theirs = folder.resolve("duckdb.parquet");
    new ShopDay(ROWS).read(ShopDay.DAY, rows::add);
    writeOurs();
    this.duckDb = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = duckDb.createStatement()) {
      statement.execute("SET threads = 1");
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute("CREATE TABLE sales AS SELECT * FROM read_parquet('" + ours + "')");
    }
  }

  /** Argument: a folder for the files. Ends with 1 when the ratio is too low. */
  public static void main(String[] args) throws IOException, SQLException {
    System.exit(new ParquetWriterBenchmark(Path.of(args[0])).run());
  }

  private int run() throws IOException, SQLException {
    for (int i = 0; i < WARM_UPS; i++) {
      writeOurs();
      writeTheirs();
    }
    List<Double> our = new ArrayList<>();
    List<Double> their = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      writeOurs();
      long between = System.nanoTime();
      writeTheirs();
      long end = System.nanoTime();
      our.add(ROWS * 1e9 / (between - start));
      their.add(ROWS * 1e9 / (end - between));
      ratios.add((double) (end - between) / (between - start));
    }
    double ratio = Summary.of(our).median() / Summary.of(their).median();
    System.out.printf(
        Locale.ROOT,
        "%,d rows of %d columns, %d rounds; rows/s as median (min to max)%n"
            + "  FileWriter       %s, %,d bytes%n"
            + "  DuckDB, 1 thread %s, %,d bytes%n"
            + "  ratio of the medians %.2f, of each round %s; at least %.2f is asked for%n",
        ROWS,
        FileSchema.RECORDS.columns().size(),
        ROUNDS,
        Summary.of(our).text("%,.0f"),
        Files.size(ours),
        Summary.of(their).text("%,.0f"),
        Files.size(theirs),
        ratio,
        Summary.of(ratios).text("%.2f"),
        LEAST_RATIO);
    return ratio >= LEAST_RATIO ? ExitStatus.DONE : ExitStatus.ANSWER_IS_NO;
  }

  private void writeOurs() throws IOException {
    Files.deleteIfExists(ours);
    try (FileWriter<RawRecord> writer =
        new FileWriter<>(FileSchema.RECORDS, ShopDay.DAY, 1, ours)) {
      for (RawRecord row : rows) {
        writer.write(row);
      }
      writer.finish();
    }
  }

  private void writeTheirs() throws IOException, SQLException {
    Files.deleteIfExists(theirs);
    try (Statement statement = duckDb.createStatement()) {
      statement.execute("COPY sales TO '" + theirs + "' (FORMAT parquet, COMPRESSION zstd)");
    }
    Disk.sync(theirs);
  }
}

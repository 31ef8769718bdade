package io.furnistream.verify.readings;

import static io.furnistream.verify.tables.Sales.DEC_1;
import static io.furnistream.verify.tables.Sales.DEC_2;
import static io.furnistream.verify.tables.Sales.id;
import static io.furnistream.verify.tables.Sales.key;
import static io.furnistream.verify.tables.Sales.sale;
import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.schemas.IdChecksum;
import io.furnistream.schemas.Topic;
import io.furnistream.verify.records.Landed;
import io.furnistream.verify.records.Sold;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.Difference;
import io.furnistream.verify.tables.Figures;
import io.furnistream.verify.tables.StoreReading;
import io.furnistream.verify.tables.TableLayout;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two chairs sold on one day, to one customer: 10.0000 and 20.5000. The files are written by hand
 * in SQL, and so are those that are planted in their place.
 */
class ParquetStoreTest {

  private static final String RECORDS = "records/2023-12-01.parquet";
  private static final String PU_REV = "rollups/daily_pu_rev/2023-12-01.parquet";
  private static final String PRODUCTS = "rollups/daily_category_product/2023-12-01.parquet";
  private static final String PLACES = "rollups/daily_address/2023-12-01.parquet";
  private static final String MANIFEST = "2023-12-01.manifest.json";

  private static final String RECORD_ROWS =
      """
      SELECT * FROM (VALUES
        (DATE '2023-12-01', 1, TIMESTAMPTZ '2023-12-01 10:00:00+00', '%s', 'anna', 1, 10.0000, 1.0000),
        (DATE '2023-12-01', 2, TIMESTAMPTZ '2023-12-01 10:00:00+00', '%s', 'anna', 1, %s, NULL))
        t(ts_date, bucket, ts, ts_id, customer_id, quantity, revenue, profit)
      """;
  // As a former version closed days: sums are now wider, as in daily_pu_rev below.
  private static final String PRODUCT_ROWS =
      """
      SELECT DATE '2023-12-01' AS ts_date, 'Furniture' AS category, 'Chairs' AS sub_category,
        'Oak chair' AS product_name, 2::BIGINT AS daily_quantity,
        %s::DECIMAL(18,4) AS daily_rev, 1.0000::DECIMAL(18,4) AS daily_profit
      """;

  private final Sold sold = new Sold();

  @TempDir private Path folder;
  private Path export;

  @AfterEach
  void close() {
    sold.close();
  }

  @BeforeEach
  void closeTheDay() throws Exception {
    sold.put(key(DEC_1, 1), sale(DEC_1, 1, "anna", "10.0000").build());
    sold.put(key(DEC_1, 2), sale(DEC_1, 2, "anna", "20.5000").setProfit(null).build());
    export = folder.resolve("a [b] * and ?"); // to DuckDB, a pattern
    write(RECORDS, RECORD_ROWS.formatted(id(1), id(2), "20.5000"));
    write(
        PU_REV,
        """
        SELECT DATE '2023-12-01' AS ts_date, 2::BIGINT AS daily_records, 1::BIGINT AS daily_pu,
          2::BIGINT AS daily_orders, 2::BIGINT AS daily_quantity,
          30.5000::DECIMAL(38,4) AS daily_rev, 1.0000::DECIMAL(38,4) AS daily_profit
        """);
    write(PRODUCTS, PRODUCT_ROWS.formatted("30.5000"));
    write(
        PLACES,
        """
        SELECT DATE '2023-12-01' AS ts_date, 52.52::DECIMAL(9,6) AS latitude,
          13.405::DECIMAL(9,6) AS longitude, 'Berlin' AS city, 'Berlin' AS state,
          'Germany' AS country, 1::BIGINT AS daily_pu
        """);
    state("30.5000");
  }

  @Test
  void aClosedDayThatHoldsWhatWasSoldAgrees() {
    StoreReadings readings = readings(DayRange.ALL);

    assertThat(readings.differences()).isEmpty();
    StoreReading reading = readings.latest().get("parquet");
    assertThat(reading.days())
        .containsExactly(
            Map.entry(
                DEC_1,
                new Figures(
                    2L,
                    2L,
                    new BigDecimal("30.5000"),
                    new BigDecimal("1.0000"),
                    1L,
                    new IdChecksum(0, 3))));
    assertThat(reading.problems()).isEmpty();
  }

  @Test
  void aDayThatIsNotClosedIsNotStated() {
    sold.put(key(DEC_2, 3), sale(DEC_2, 3, "bob", "5.0000").build());
    StoreReadings readings = readings(DayRange.ALL);

    assertThat(readings.differences()).isEmpty();
    assertThat(readings.latest().get("parquet").states(DEC_1)).isTrue();
    assertThat(readings.latest().get("parquet").states(DEC_2)).isFalse();
  }

  @Test
  void daysOutOfRangeAreNotRead() throws Exception {
    Files.writeString(export.resolve(RECORDS), "no Parquet");

    StoreReadings readings = readings(new DayRange(DEC_2, DEC_2));
    assertThat(readings.differences()).isEmpty();
    assertThat(readings.latest().get("parquet").days()).isEmpty();
  }

  @Test
  void aFolderThatIsNotThereHasNoClosedDay() {
    export = export.resolve("none");

    assertThat(readings(DayRange.ALL).differences()).isEmpty();
  }

  @Test
  void aTenthOfACentTooMuchInARecordIsNamedAndSoIsTheFile() throws Exception {
    write(RECORDS, RECORD_ROWS.formatted(id(1), id(2), "20.5001"));

    assertThat(inWords())
        .contains("2023-12-01 parquet revenue: expected 30.5000, found 30.5001, difference 0.0001")
        .anyMatch(line -> line.startsWith("2023-12-01 parquet sha256 of " + RECORDS));
  }

  @Test
  void aTenthOfACentTooMuchInAnAggregateIsNamedAndSoIsTheFile() throws Exception {
    write(PRODUCTS, PRODUCT_ROWS.formatted("30.5001"));

    assertThat(inWords())
        .hasSize(2)
        .contains(
            "2023-12-01 parquet.daily_category_product daily_rev of Furniture / Chairs / Oak chair:"
                + " expected 30.5000, found 30.5001, difference 0.0001")
        .anyMatch(line -> line.startsWith("2023-12-01 parquet sha256 of " + PRODUCTS));
  }

  @Test
  void aFileWithTheSameRowsThatItsManifestDoesNotStateIsNamed() throws Exception {
    String stated = sha256(PRODUCTS);
    write(PRODUCTS, PRODUCT_ROWS.formatted("30.5000") + ", 'one more column' AS another");

    assertThat(inWords())
        .containsExactly(
            "2023-12-01 parquet sha256 of "
                + PRODUCTS
                + ": expected "
                + stated
                + ", found "
                + sha256(PRODUCTS));
  }

  @Test
  void aFileThatIsNotParquetIsNamed() throws Exception {
    Files.writeString(export.resolve(PLACES), "no Parquet");

    assertThat(inWords())
        .contains("2023-12-01 parquet rows of " + PLACES + ": expected 1, found nothing")
        .anyMatch(line -> line.startsWith("2023-12-01 parquet sha256 of " + PLACES));
  }

  @Test
  void aFileThatIsMissingIsNamed() throws Exception {
    String hash = sha256(RECORDS);
    Files.delete(export.resolve(RECORDS));

    assertThat(inWords())
        .contains(
            "2023-12-01 parquet sha256 of " + RECORDS + ": expected " + hash + ", found nothing",
            "2023-12-01 parquet records: expected 2, found 0, difference -2");
  }

  @Test
  void aFileWithoutAValueOrColumnIsNotTakenForWhole() throws Exception {
    write(
        RECORDS,
        "SELECT NULL::VARCHAR AS ts_id, 'anna' AS customer_id, 1 AS quantity,"
            + " 1.0 AS revenue, 1.0 AS profit");
    write(PRODUCTS, "SELECT 1 AS one");

    assertThat(inWords())
        .contains(
            "2023-12-01 parquet rows of " + RECORDS + ": expected 2, found nothing",
            "2023-12-01 parquet rows of " + PRODUCTS + ": expected 1, found nothing");
  }

  @Test
  void aManifestThatStatesOtherFiguresIsNamed() throws Exception {
    state("30.5001");

    assertThat(inWords())
        .containsExactly(
            "2023-12-01 parquet revenue of " + MANIFEST + ": expected 30.5000, found 30.5001");
  }

  @Test
  void aFileThatNoManifestStatesIsNamed() throws Exception {
    Files.copy(export.resolve(RECORDS), export.resolve("records/2023-12-02.parquet"));
    Files.copy(export.resolve(RECORDS), export.resolve("records/copy.parquet"));

    assertThat(inWords())
        .containsExactly(
            "2023-12-02 parquet sha256 of records/2023-12-02.parquet: expected nothing, found "
                + sha256(RECORDS));
    assertThat(found().problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.isError()).isTrue();
              assertThat(problem.message()).contains("copy.parquet", "Move it away");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "\u00ff",
        "{\"format\": \"furnistream.day/1\", \"day\": \"2023-12-01\", \"revision\": 1,"
            + " \"figures\": {}, \"files\": [{}], \"moved\": []}",
        "{\"format\": \"furnistream.day/1\", \"day\": \"2023-12-02\", \"revision\": 1,"
            + " \"figures\": {}, \"files\": [], \"moved\": []}"
      })
  void whatIsNotAManifestIsNamed(String text) throws Exception {
    Files.writeString(export.resolve(MANIFEST), text, StandardCharsets.ISO_8859_1);

    assertThat(inWords())
        .contains(
            "2023-12-01 parquet format of "
                + MANIFEST
                + ": expected furnistream.day/1, found nothing");
  }

  private List<String> inWords() {
    return readings(DayRange.ALL).differences().stream().map(Difference::inWords).toList();
  }

  private StoreReading found() {
    StoreReadings readings = readings(DayRange.ALL);
    readings.differences();
    return readings.latest().get("parquet");
  }

  /** What the store holds, which {@link StoreReadings#differences} compares with what was sold. */
  private StoreReadings readings(DayRange range) {
    Landed landed = sold.prepare(range);
    TableLayout records =
        TableLayout.of(Topic.DAILY_RECORDS)
            .comparing("customer_id", "quantity", "revenue", "profit", "ts");
    return new StoreReadings(
        sold.database(),
        List.of(new ParquetStore(export, records)),
        landed,
        List.of(range),
        new StoreReading(Figures.ZERO, landed.figures()),
        sold.openRows());
  }

  /** Has the manifest state the files as they are. */
  private void state(String revenue) throws Exception {
    Files.writeString(
        export.resolve(MANIFEST),
        """
        {"format": "furnistream.day/1", "day": "%s", "revision": 1,
         "figures": {"records": "2", "customers": "1", "orders": "2", "quantity": "2",
                     "revenue": "%s", "profit": "1.0000",
                     "id_checksum": "00000000000000000000000000000003"},
         "files": [%s, %s, %s, %s], "moved": []}
        """
            .formatted(
                DEC_1,
                revenue,
                stated("daily_records", RECORDS, 2),
                stated("daily_pu_rev", PU_REV, 1),
                stated("daily_category_product", PRODUCTS, 1),
                stated("daily_address", PLACES, 1)));
  }

  private String stated(String schema, String path, int rows) throws Exception {
    return """
        {"path": "%s", "schema": "%s", "schemaFingerprint": "", "rows": %d, "bytes": %d,
         "contentSha256": "", "sha256": "%s"}
        """
        .formatted(path, schema, rows, Files.size(export.resolve(path)), sha256(path));
  }

  private String sha256(String path) throws Exception {
    byte[] bytes = Files.readAllBytes(export.resolve(path));
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private void write(String path, String rows) throws SQLException, IOException {
    Path file = export.resolve(path);
    Files.createDirectories(file.getParent());
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement()) {
      statement.execute("COPY (%s) TO '%s' (FORMAT parquet)".formatted(rows, file));
    }
  }
}

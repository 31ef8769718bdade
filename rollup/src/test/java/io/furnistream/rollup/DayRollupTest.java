package io.furnistream.rollup;

import static io.furnistream.rollup.records.ListedRecords.DAY;
import static io.furnistream.rollup.records.ListedRecords.extreme;
import static io.furnistream.rollup.records.ListedRecords.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.furnistream.cli.CannotRunException;
import io.furnistream.rollup.files.ExportFiles;
import io.furnistream.rollup.files.ExportFolder;
import io.furnistream.rollup.files.FileSchema;
import io.furnistream.rollup.files.FileWriter;
import io.furnistream.rollup.files.FormerSchema;
import io.furnistream.rollup.records.DayRecords;
import io.furnistream.rollup.records.ListedRecords;
import io.furnistream.rollup.totals.DayTotals;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.IdChecksum;
import io.furnistream.stores.export.DayManifest;
import io.furnistream.stores.export.Hashes;
import io.furnistream.stores.export.ManifestFile;
import io.furnistream.stores.export.Move;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DayRollupTest {

  private static final Path RECORDS = Path.of("records/2023-12-01.parquet");
  private static final Path PU_REV = Path.of("rollups/daily_pu_rev/2023-12-01.parquet");
  private static final Path PRODUCTS = Path.of("rollups/daily_category_product/2023-12-01.parquet");
  private static final Path ADDRESSES = Path.of("rollups/daily_address/2023-12-01.parquet");
  private static final Path MANIFEST = Path.of("2023-12-01.manifest.json");

  private static final DailyRecord FIRST = sale(1, "anna").build();
  private static final DailyRecord UNLOCATED =
      extreme(17, "bernd")
          .setTs(Instant.parse("2023-12-02T04:59:59.999Z"))
          .setOrderId("order-1")
          .setLine(2)
          .build();
  private static final DailyRecord ALTONA =
      sale(2, "anna").setCity("Altona").setLatitude(new BigDecimal("52.52")).build();

  private static final BigDecimal MOST = new BigDecimal("99999999999999.9999");

  @TempDir private Path export;

  @Test
  void everyValueOfARecordIsReadBackByDuckDb() throws Exception {
    close(export, FIRST, UNLOCATED);

    try (DuckDb duckDb = new DuckDb("Asia/Kolkata")) {
      assertThat(
              duckDb.rows(
                  "SELECT bucket, ts_id, ts, epoch_ms(ts), ts_date, order_id, line, customer_id,"
                      + " customer_name, segment, country, state, city, latitude, longitude,"
                      + " platform, payment_method, category, sub_category, product_id,"
                      + " product_name, price, unit_cost, quantity, discount, revenue, profit"
                      + " FROM '%s'",
                  export.resolve(RECORDS)))
          .containsExactly(
              "1|00000000-0000-0000-0000-000000000001|2023-12-02 04:00:00.123+05:30|1701469800123"
                  + "|2023-12-01|order-1|1|anna|Zoë Müller|Consumer|Germany|Berlin|Berlin"
                  + "|52.520000|13.405000|Store|Cash|Furniture|Chairs|P-1|Oak chair|10.0000|7.5000"
                  + "|1|0.0000|10.0000|2.5000",
              "1|00000000-0000-0000-0000-000000000011|2023-12-02 10:29:59.999+05:30|1701493199999"
                  + "|2023-12-01|order-1|2|bernd|Zoë Müller|Consumer|Germany|Berlin|São Paulo"
                  + "|null|null|Store|Cash|Furniture|Chairs|P-1|Tischlämpchen 椅子 🪑"
                  + "|99999999999999.9999|null|-2|0.1250|-0.0001|null");
      assertThat(
              duckDb.rows(
                  "SELECT column_name, column_type FROM (DESCRIBE SELECT ts, ts_date, latitude,"
                      + " price, discount, quantity, ts_id FROM '%s')",
                  export.resolve(RECORDS)))
          .containsExactly(
              "ts|TIMESTAMP WITH TIME ZONE",
              "ts_date|DATE",
              "latitude|DECIMAL(9,6)",
              "price|DECIMAL(18,4)",
              "discount|DECIMAL(5,4)",
              "quantity|INTEGER",
              "ts_id|VARCHAR");
    }
  }

  @Test
  void aggregatesAreThoseCountedByHand() throws Exception {
    close(export, FIRST, UNLOCATED, ALTONA, sale(3, "carla").setOrderId("order-2").build());

    try (DuckDb duckDb = new DuckDb("UTC")) {
      assertThat(duckDb.rows("SELECT * FROM '%s'", export.resolve(PU_REV)))
          .containsExactly("2023-12-01|4|3|2|1|29.9999|7.5000");
      assertThat(duckDb.rows("SELECT * FROM '%s'", export.resolve(PRODUCTS)))
          .containsExactly(
              "2023-12-01|Furniture|Chairs|Oak chair|3|30.0000|7.5000",
              "2023-12-01|Furniture|Chairs|Tischlämpchen 椅子 🪑|-2|-0.0001|0.0000");
      assertThat(duckDb.rows("SELECT * FROM '%s'", export.resolve(ADDRESSES)))
          .containsExactly("2023-12-01|52.520000|13.405000|Altona|Berlin|Germany|2");
    }
  }

  @Test
  void filesAreZstdAndNameTheirSchemaDayAndRevision() throws Exception {
    close(export, FIRST);

    try (DuckDb duckDb = new DuckDb("UTC")) {
      assertThat(
              duckDb.rows(
                  "SELECT DISTINCT compression FROM parquet_metadata('%s')",
                  export.resolve(RECORDS)))
          .containsExactly("ZSTD");
      assertThat(
              duckDb.rows(
                  "SELECT decode(key), decode(value) FROM parquet_kv_metadata('%s')"
                      + " WHERE decode(key) NOT LIKE '%%fingerprint' ORDER BY 1",
                  export.resolve(RECORDS)))
          .containsExactly(
              "furnistream.day|2023-12-01",
              "furnistream.revision|1",
              "furnistream.schema|daily_records");
    }
  }

  @Test
  void theManifestStatesFiguresAndTheHashOfEachFile() throws Exception {
    DayManifest manifest = close(export, FIRST, UNLOCATED).manifest();

    assertThat(manifest.figures())
        .containsExactly(
            Map.entry("records", "2"),
            Map.entry("customers", "2"),
            Map.entry("orders", "1"),
            Map.entry("quantity", "-1"),
            Map.entry("revenue", "9.9999"),
            Map.entry("profit", "2.5000"),
            Map.entry("id_checksum", "00000000000000000000000000000012"));
    assertThat(manifest.revision()).isEqualTo(1);
    assertThat(manifest.moved()).isEmpty();
    assertThat(DayManifest.parse(Files.readString(export.resolve(MANIFEST)))).contains(manifest);
    assertThat(manifest.files())
        .extracting(ManifestFile::path)
        .containsExactly(
            RECORDS.toString(), PU_REV.toString(), PRODUCTS.toString(), ADDRESSES.toString());
    for (ManifestFile file : manifest.files()) {
      assertThat(Hashes.sha256(export.resolve(file.path()))).isEqualTo(file.sha256());
    }
  }

  @Test
  void theContentHashIsTheOneOverTheValuesOfTheRows() throws Exception {
    String longName = "ö".repeat(10_000);
    ByteArrayOutputStream values = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(values)) {
      number(out, DAY.toEpochDay());
      text(out, "Furniture");
      text(out, "Chairs");
      text(out, longName);
      number(out, 1);
      number(out, 100_000);
      number(out, 25_000);
    }

    DayManifest manifest =
        close(export, sale(1, "anna").setProductName(longName).build()).manifest();

    assertThat(manifest.file(PRODUCTS.toString()).orElseThrow().contentSha256())
        .isEqualTo(
            HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(values.toByteArray())));
  }

  @Test
  void theSameDataMakesTheSameBytes(@TempDir Path other) throws Exception {
    close(export, FIRST, UNLOCATED, ALTONA);
    close(other, FIRST, UNLOCATED, ALTONA);

    assertThat(ExportFiles.hashes(export)).hasSize(5).isEqualTo(ExportFiles.hashes(other));
  }

  @Test
  void aDayWhoseDataDidNotChangeIsNotTouched() throws Exception {
    close(export, FIRST);
    Map<Path, String> before = ExportFiles.hashes(export);
    for (Path path : before.keySet()) {
      Files.setLastModifiedTime(export.resolve(path), FileTime.fromMillis(1));
    }

    ClosedDay again = close(export, FIRST);

    assertThat(again.outcome()).isEqualTo("unchanged");
    assertThat(again.manifest().revision()).isEqualTo(1);
    assertThat(ExportFiles.hashes(export)).isEqualTo(before);
    for (Path path : before.keySet()) {
      assertThat(Files.getLastModifiedTime(export.resolve(path)).toMillis()).isEqualTo(1);
    }
  }

  @Test
  void aLateRecordRaisesTheRevisionByOneAndTheManifestNamesWhatMoved() throws Exception {
    ClosedDay before = close(export, FIRST);

    ClosedDay after = close(export, FIRST, UNLOCATED);

    assertThat(after.outcome()).isEqualTo("moved");
    assertThat(after.manifest().revision()).isEqualTo(2);
    assertThat(after.manifest().moved())
        .contains(
            new Move("records", "1", "2"),
            new Move("revenue", "10.0000", "9.9999"),
            new Move(
                RECORDS.toString(),
                before.manifest().files().get(0).sha256(),
                Hashes.sha256(export.resolve(RECORDS))))
        .extracting(Move::what)
        // Profit, orders and the points on the map are what they were.
        .containsExactly(
            "records",
            "customers",
            "quantity",
            "revenue",
            "id_checksum",
            RECORDS.toString(),
            PU_REV.toString(),
            PRODUCTS.toString());
  }

  @Test
  void aCorrectionThatKeepsEveryFigureIsNamedByItsFile() throws Exception {
    close(export, FIRST);

    ClosedDay after = close(export, sale(1, "anna").setPlatform("Phone").build());

    assertThat(after.manifest().revision()).isEqualTo(2);
    assertThat(after.manifest().moved()).extracting(Move::what).containsExactly(RECORDS.toString());
  }

  @Test
  void anEmptyDayClosesAsEmpty() throws Exception {
    DayManifest manifest = close(export).manifest();

    assertThat(manifest.figures())
        .containsEntry("records", "0")
        .containsEntry("customers", "0")
        .containsEntry("revenue", "0.0000")
        .containsEntry("id_checksum", "00000000000000000000000000000000");
    try (DuckDb duckDb = new DuckDb("UTC")) {
      for (ManifestFile file : manifest.files()) {
        assertThat(duckDb.rows("SELECT count(*) FROM '%s'", export.resolve(file.path())))
            .containsExactly("0");
      }
    }
    assertThat(close(export).outcome()).isEqualTo("unchanged");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "records/2023-12-01.parquet",
        "rollups/daily_address/2023-12-01.parquet",
        "2023-12-01.manifest.json"
      })
  void aFileThatIsNotOursIsNeverOverwritten(String name) throws Exception {
    Path foreign = export.resolve(name);
    Files.createDirectories(foreign.getParent());
    Files.writeString(foreign, "{\"mine\": true}");

    assertThatThrownBy(() -> close(export, FIRST))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining(foreign.toString())
        .hasMessageContaining("Move it away");

    assertThat(ExportFiles.hashes(export)).containsOnlyKeys(Path.of(name));
    assertThat(foreign).hasContent("{\"mine\": true}");
  }

  @Test
  void aForeignFileInThePlaceOfOursIsNotOverwrittenEither() throws Exception {
    close(export, FIRST);
    Files.writeString(export.resolve(PU_REV), "mine");

    assertThatThrownBy(() -> close(export, FIRST, UNLOCATED))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining(PU_REV.toString());

    assertThat(export.resolve(PU_REV)).hasContent("mine");
  }

  @Test
  void aFileOfOursThatIsNotWhatItsManifestStatesIsWrittenAgainAndNamed(@TempDir Path other)
      throws Exception {
    close(export, FIRST);
    close(other, ALTONA);
    Files.copy(
        other.resolve(RECORDS), export.resolve(RECORDS), StandardCopyOption.REPLACE_EXISTING);
    Files.delete(export.resolve(ADDRESSES));

    DayManifest manifest = close(export, FIRST).manifest();

    assertThat(manifest.revision()).isEqualTo(2);
    assertThat(manifest.moved())
        .containsExactly(
            new Move(
                RECORDS.toString(),
                Hashes.sha256(other.resolve(RECORDS)),
                Hashes.sha256(export.resolve(RECORDS))),
            new Move(ADDRESSES.toString(), null, Hashes.sha256(export.resolve(ADDRESSES))));
  }

  @Test
  void aSourceThatGoesAwayLeavesTheFilesAsTheyWere() throws Exception {
    close(export, FIRST);
    Map<Path, String> before = ExportFiles.hashes(export);

    assertThatThrownBy(
            () ->
                close(
                    export,
                    (day, reader) -> {
                      new ListedRecords().with(FIRST, UNLOCATED).read(day, reader);
                      throw new CannotRunException("Cassandra cannot be read");
                    }))
        .isInstanceOf(CannotRunException.class)
        .hasMessage("Cassandra cannot be read");

    assertThat(ExportFiles.hashes(export)).isEqualTo(before);
  }

  @Test
  void anAmountThatItsColumnCannotHoldIsRefusedAndNamed() {
    DailyRecord finer = sale(1, "anna").setRevenue(new BigDecimal("10.00001")).build();

    assertThatThrownBy(() -> close(export, finer))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("revenue is 10.00001, which is not a decimal(18,4)");
  }

  @Test
  void sumsHaveRoomForWhatTheirRecordsHold() throws Exception {
    // More than 18 digits hold, and more than 64 bits.
    DailyRecord[] sales = new DailyRecord[1000];
    for (int n = 0; n < sales.length; n++) {
      sales[n] =
          sale(n, "anna").setRevenue(MOST).setProfit(MOST.negate()).setQuantity(100_000).build();
    }

    DayManifest manifest = close(export, sales).manifest();

    assertThat(manifest.figures())
        .containsEntry("revenue", "99999999999999999.9000")
        .containsEntry("profit", "-99999999999999999.9000");
    try (DuckDb duckDb = new DuckDb("UTC")) {
      for (Path file : List.of(PU_REV, PRODUCTS)) {
        assertThat(
                duckDb.rows(
                    "SELECT daily_quantity, daily_rev, daily_profit, typeof(daily_rev),"
                        + " typeof(daily_profit) FROM '%s'",
                    export.resolve(file)))
            .containsExactly(
                "100000000|99999999999999999.9000|-99999999999999999.9000"
                    + "|DECIMAL(38,4)|DECIMAL(38,4)");
      }
    }
  }

  @Test
  void theLargestDayIsWrittenToTheDigitAndOneBeyondItsColumnIsRefused() throws Exception {
    BigDecimal day = MOST.multiply(BigDecimal.valueOf(1_000_000_000));
    String column = "9".repeat(34) + ".9999";
    Path file = export.resolve("largest.parquet");
    try (FileWriter<DayTotals> writer = new FileWriter<>(FileSchema.DAILY_PU_REV, DAY, 1, file)) {
      writer.write(totals(day, day.negate()));
      writer.write(totals(new BigDecimal(column), new BigDecimal("-" + column)));
      assertThatThrownBy(() -> writer.write(totals(new BigDecimal("1e34"), BigDecimal.ZERO)))
          .isInstanceOf(CannotRunException.class)
          .hasMessageContaining("not a decimal(38,4)");
    }
    Files.delete(file);
    try (FileWriter<DayTotals> writer = new FileWriter<>(FileSchema.DAILY_PU_REV, DAY, 1, file)) {
      writer.write(totals(day, day.negate()));
      writer.write(totals(new BigDecimal(column), new BigDecimal("-" + column)));
      writer.finish();
    }

    try (DuckDb duckDb = new DuckDb("UTC")) {
      assertThat(duckDb.rows("SELECT daily_rev, daily_profit FROM '%s'", file))
          .containsExactly(
              "99999999999999999900000.0000|-99999999999999999900000.0000", column + "|-" + column);
    }
  }

  @Test
  void aDayThatAFormerVersionClosedIsReadWithOthersAndWrittenAgainWhenItIsClosed()
      throws Exception {
    DayManifest closed = close(export, FIRST).manifest();
    ManifestFile narrow = writeNarrow();
    List<ManifestFile> files = new ArrayList<>(closed.files());
    ManifestFile wide = files.set(1, narrow);
    assertThat(wide.path()).isEqualTo(narrow.path()).isEqualTo(PU_REV.toString());
    Files.writeString(
        export.resolve(MANIFEST), DayManifest.of(DAY, 1, closed.figures(), files).json());
    BigDecimal day = MOST.multiply(BigDecimal.valueOf(1_000_000_000));
    Path later = export.resolve("rollups/daily_pu_rev/2023-12-02.parquet");
    try (FileWriter<DayTotals> writer = new FileWriter<>(FileSchema.DAILY_PU_REV, DAY, 1, later)) {
      writer.write(totals(day, BigDecimal.ZERO));
      writer.finish();
    }

    try (DuckDb duckDb = new DuckDb("UTC")) {
      assertThat(
              duckDb.rows(
                  "SELECT daily_rev, typeof(daily_rev), sum(daily_rev) OVER ()"
                      + " FROM read_parquet('%s/*.parquet', union_by_name = true)",
                  later.getParent()))
          .containsExactly(
              "10.0000|DECIMAL(38,4)|99999999999999999900010.0000",
              "99999999999999999900000.0000|DECIMAL(38,4)|99999999999999999900010.0000");
    }

    ClosedDay again = close(export, FIRST);

    assertThat(narrow.contentSha256()).isEqualTo(wide.contentSha256());
    assertThat(again.manifest().revision()).isEqualTo(2);
    assertThat(again.manifest().moved())
        .containsExactly(
            new Move(PU_REV.toString(), narrow.sha256(), Hashes.sha256(export.resolve(PU_REV))));
    assertThat(close(export, FIRST).outcome()).isEqualTo("unchanged");
  }

  /** The day's totals as a former version wrote them: sums were decimal(18,4). */
  private ManifestFile writeNarrow() throws IOException {
    Files.delete(export.resolve(PU_REV));
    try (FileWriter<DayTotals> writer =
        new FileWriter<>(FormerSchema.DAILY_PU_REV, DAY, 1, export.resolve(PU_REV))) {
      writer.write(totals(BigDecimal.TEN, new BigDecimal("2.5")));
      return writer.finish();
    }
  }

  private static DayTotals totals(BigDecimal revenue, BigDecimal profit) {
    return new DayTotals(DAY, 1, 1, 1, 1, revenue, profit, IdChecksum.ZERO);
  }

  @Test
  void aSecondRollupOfTheSameFolderIsRefused() throws Exception {
    try (ExportFolder first = ExportFolder.open(export)) {
      assertThat(first.drafts()).doesNotExist();
      assertThatThrownBy(() -> ExportFolder.open(export))
          .isInstanceOf(CannotRunException.class)
          .hasMessageContaining("Another `furnistream rollup` writes to " + export);
    }
  }

  private static ClosedDay close(Path export, DailyRecord... sales) throws IOException {
    return close(export, new ListedRecords().with(sales));
  }

  private static ClosedDay close(Path export, DayRecords records) throws IOException {
    try (ExportFolder folder = ExportFolder.open(export)) {
      return new DayRollup(records, folder).close(DAY);
    }
  }

  private static void number(DataOutputStream out, long value) throws IOException {
    out.writeByte(2);
    out.writeLong(value);
  }

  private static void text(DataOutputStream out, String value) throws IOException {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    out.writeByte(1);
    out.writeLong(bytes.length);
    out.write(bytes);
  }
}

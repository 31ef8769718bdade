package io.furnistream.datagen.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.schemas.DailyRecord;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "a.parquet, PARQUET",
    "a.avro, AVRO",
    "/tmp/a.b/c.csv, CSV",
    "A.CSV, CSV",
    "a.csv.gz,",
    "csv,",
    "a,",
    "a.json,",
    "'',"
  })
  void theEndOfTheNameSaysWhichItIs(String name, Format format) {
    assertThat(Format.of(name).orElse(null)).isEqualTo(format);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sales.parquet", "sales.avro", "sales.csv"})
  void everyValueComesBack(String name) throws Exception {
    List<DailyRecord> sales =
        List.of(
            sale("Ana \"the\" Muñoz, née O'Neill", new BigDecimal("-12.3400"), null),
            sale("two\nlines;\ttab", new BigDecimal("99999999999999.9999"), "41.881832"),
            sale("東京 🪑", new BigDecimal("0.0000"), "-0.000001"));

    assertThat(SalesFiles.rows(write(name, sales))).isEqualTo(SalesFiles.rows(sales));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sales.parquet", "sales.avro", "sales.csv"})
  void aFileWithoutSalesIsOne(String name) throws Exception {
    assertThat(SalesFiles.rows(write(name, List.of()))).isEmpty();
  }

  @Test
  void csvIsAsPeopleWriteIt() throws Exception {
    Path file = write("sales.csv", List.of(sale("A, B", new BigDecimal("5.5000"), null)));

    assertThat(file)
        .hasContent(
            """
            ts_id,ts,ts_date,order_id,line,customer_id,customer_name,segment,country,state,city,latitude,longitude,platform,payment_method,category,sub_category,product_id,product_name,price,unit_cost,quantity,discount,revenue,profit
            00000000-0000-0000-0000-00000000000b,2023-12-01T23:00:00.000Z,2023-12-02,o1,1,c1,"A, B",Consumer,Spain,Madrid,Madrid,,,Store,Cash,Furniture,Chairs,p1,Chair,5.5000,,-2,0.2500,5.5000,
            """);
  }

  @Test
  void parquetHasTheContractsTypes() throws Exception {
    Path file = write("sales.parquet", List.of(sale("A", new BigDecimal("5.5000"), null)));

    assertThat(
            SalesFiles.duckDb(
                "SELECT column_name, column_type FROM (DESCRIBE FROM read_parquet('"
                    + file
                    + "')) WHERE column_type <> 'VARCHAR'"))
        .containsExactly(
            List.of("ts", "TIMESTAMP WITH TIME ZONE"),
            List.of("ts_date", "DATE"),
            List.of("line", "INTEGER"),
            List.of("latitude", "DECIMAL(9,6)"),
            List.of("longitude", "DECIMAL(9,6)"),
            List.of("price", "DECIMAL(18,4)"),
            List.of("unit_cost", "DECIMAL(18,4)"),
            List.of("quantity", "INTEGER"),
            List.of("discount", "DECIMAL(5,4)"),
            List.of("revenue", "DECIMAL(18,4)"),
            List.of("profit", "DECIMAL(18,4)"));
    assertThat(
            SalesFiles.duckDb("SELECT DISTINCT compression FROM parquet_metadata('" + file + "')"))
        .containsExactly(List.of("ZSTD"));
  }

  @Test
  void avroCarriesTheContract() throws Exception {
    Path file = write("sales.avro", List.of(sale("A", new BigDecimal("5.5000"), null)));

    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
      assertThat(reader.getMetaString("avro.codec")).isEqualTo("deflate");
      assertThat(reader.getSchema()).isEqualTo(DailyRecord.getClassSchema());
      Schema price = reader.getSchema().getField("price").schema();
      assertThat(price.getType()).isEqualTo(Schema.Type.BYTES);
      assertThat(price.getLogicalType().getName()).isEqualTo("decimal");
    }
  }

  private Path write(String name, List<DailyRecord> sales) throws Exception {
    Path file = folder.resolve(name);
    try (SaleWriter writer = Format.of(name).orElseThrow().begin(file)) {
      for (DailyRecord each : sales) {
        writer.write(each);
      }
    }
    assertThat(Files.size(file)).isPositive();
    return file;
  }

  /**
   * A sale to which anything that may be missing is missing, but for the place when it is given.
   */
  private static DailyRecord sale(String customer, BigDecimal amount, String degrees) {
    BigDecimal place = degrees == null ? null : new BigDecimal(degrees);
    return new DailyRecord(
        "00000000-0000-0000-0000-00000000000b",
        Instant.parse("2023-12-01T23:00:00Z"),
        LocalDate.parse("2023-12-02"),
        "o1",
        1,
        "c1",
        customer,
        "Consumer",
        "Spain",
        "Madrid",
        "Madrid",
        place,
        place,
        "Store",
        "Cash",
        "Furniture",
        "Chairs",
        "p1",
        "Chair",
        amount,
        null,
        -2,
        new BigDecimal("0.2500"),
        amount,
        null);
  }
}

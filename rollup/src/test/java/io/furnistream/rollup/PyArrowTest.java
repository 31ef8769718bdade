package io.furnistream.rollup;

import static io.furnistream.rollup.records.ListedRecords.DAY;
import static io.furnistream.rollup.records.ListedRecords.extreme;
import static io.furnistream.rollup.records.ListedRecords.sale;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.furnistream.rollup.files.ExportFolder;
import io.furnistream.rollup.files.FileSchema;
import io.furnistream.rollup.files.FileWriter;
import io.furnistream.rollup.records.DayRecords;
import io.furnistream.rollup.records.ListedRecords;
import io.furnistream.rollup.totals.DayTotals;
import io.furnistream.schemas.IdChecksum;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PyArrowTest {

  @TempDir private static Path export;
  private static JsonNode largestDay;
  private static JsonNode records;
  private static JsonNode totals;
  private static JsonNode products;
  private static JsonNode places;

  @BeforeAll
  static void closeAndRead() throws Exception {
    DayRecords sales =
        new ListedRecords()
            .with(
                sale(1, "anna").build(),
                extreme(17, "bernd")
                    .setTs(Instant.parse("2023-07-01T03:59:59.999Z"))
                    .setOrderId("order-1")
                    .setLine(2)
                    .build());
    try (ExportFolder folder = ExportFolder.open(export)) {
      new DayRollup(sales, folder).close(DAY);
    }
    Path largest = export.resolve("largest.parquet");
    BigDecimal day =
        new BigDecimal("99999999999999.9999").multiply(BigDecimal.valueOf(1_000_000_000));
    try (FileWriter<DayTotals> writer =
        new FileWriter<>(FileSchema.DAILY_PU_REV, DAY, 1, largest)) {
      writer.write(new DayTotals(DAY, 1, 1, 1, 1, day, day.negate(), IdChecksum.ZERO));
      writer.finish();
    }
    JsonNode read =
        PyArrow.install()
            .read(
                largest,
                export.resolve("records/2023-12-01.parquet"),
                export.resolve("rollups/daily_pu_rev/2023-12-01.parquet"),
                export.resolve("rollups/daily_category_product/2023-12-01.parquet"),
                export.resolve("rollups/daily_address/2023-12-01.parquet"));
    largestDay = read.get(0);
    records = read.get(1);
    totals = read.get(2);
    products = read.get(3);
    places = read.get(4);
  }

  @Test
  void everyValueOfARecordIsReadBack() throws Exception {
    assertRowsSay(
        records,
        json(
            """
                [
                  {
                    "bucket": 1,
                    "ts_id": "00000000-0000-0000-0000-000000000001",
                    "ts": "2023-12-01T17:30:00.123-05:00",
                    "ts_date": "2023-12-01",
                    "order_id": "order-1",
                    "line": 1,
                    "customer_id": "anna",
                    "customer_name": "Zoë Müller",
                    "segment": "Consumer",
                    "country": "Germany",
                    "state": "Berlin",
                    "city": "Berlin",
                    "latitude": "52.520000",
                    "longitude": "13.405000",
                    "platform": "Store",
                    "payment_method": "Cash",
                    "category": "Furniture",
                    "sub_category": "Chairs",
                    "product_id": "P-1",
                    "product_name": "Oak chair",
                    "price": "10.0000",
                    "unit_cost": "7.5000",
                    "quantity": 1,
                    "discount": "0.0000",
                    "revenue": "10.0000",
                    "profit": "2.5000"
                  },
                  {
                    "bucket": 1,
                    "ts_id": "00000000-0000-0000-0000-000000000011",
                    "ts": "2023-06-30T23:59:59.999-04:00",
                    "ts_date": "2023-12-01",
                    "order_id": "order-1",
                    "line": 2,
                    "customer_id": "bernd",
                    "customer_name": "Zoë Müller",
                    "segment": "Consumer",
                    "country": "Germany",
                    "state": "Berlin",
                    "city": "São Paulo",
                    "latitude": null,
                    "longitude": null,
                    "platform": "Store",
                    "payment_method": "Cash",
                    "category": "Furniture",
                    "sub_category": "Chairs",
                    "product_id": "P-1",
                    "product_name": "Tischlämpchen 椅子 🪑",
                    "price": "99999999999999.9999",
                    "unit_cost": null,
                    "quantity": -2,
                    "discount": "0.1250",
                    "revenue": "-0.0001",
                    "profit": null
                  }
                ]"""));
  }

  /** Each row says what is expected, whatever columns it has in addition. */
  private static void assertRowsSay(JsonNode read, JsonNode expected) {
    assertThat(read.get("rows")).hasSameSizeAs(expected);
    for (int row = 0; row < expected.size(); row++) {
      List<String> columns = new ArrayList<>();
      expected.get(row).fieldNames().forEachRemaining(columns::add);
      ObjectNode known = ((ObjectNode) read.get("rows").get(row)).deepCopy().retain(columns);
      assertThat(known).isEqualTo(expected.get(row));
    }
  }

  @Test
  void columnsHaveTheTypesOfTheirContract() {
    JsonNode types = records.get("types");

    assertThat(types.get("ts").textValue()).isEqualTo("timestamp[ms, tz=UTC]");
    assertThat(types.get("ts_date").textValue()).startsWith("date32");
    assertThat(types.get("ts_id").textValue()).isEqualTo("string");
    assertThat(types.get("quantity").textValue()).isEqualTo("int32");
    assertThat(types.get("price").textValue()).endsWith("(18, 4)").startsWith("decimal");
    assertThat(types.get("discount").textValue()).endsWith("(5, 4)").startsWith("decimal");
    assertThat(types.get("latitude").textValue()).endsWith("(9, 6)").startsWith("decimal");
  }

  @Test
  void theLargestDayIsReadBackToTheDigit() {
    assertThat(largestDay.at("/types/daily_rev").textValue()).isEqualTo("decimal128(38, 4)");
    assertThat(largestDay.at("/rows/0/daily_rev").textValue())
        .isEqualTo("99999999999999999900000.0000");
    assertThat(largestDay.at("/rows/0/daily_profit").textValue())
        .isEqualTo("-99999999999999999900000.0000");
  }

  @Test
  void everyValueOfTheAggregatesIsReadBack() throws Exception {
    assertThat(totals.get("rows"))
        .isEqualTo(
            json(
                """
                [
                  {
                    "ts_date": "2023-12-01",
                    "daily_records": 2,
                    "daily_pu": 2,
                    "daily_orders": 1,
                    "daily_quantity": -1,
                    "daily_rev": "9.9999",
                    "daily_profit": "2.5000"
                  }
                ]"""));
    assertThat(products.get("rows"))
        .isEqualTo(
            json(
                """
                [
                  {
                    "ts_date": "2023-12-01",
                    "category": "Furniture",
                    "sub_category": "Chairs",
                    "product_name": "Oak chair",
                    "daily_quantity": 1,
                    "daily_rev": "10.0000",
                    "daily_profit": "2.5000"
                  },
                  {
                    "ts_date": "2023-12-01",
                    "category": "Furniture",
                    "sub_category": "Chairs",
                    "product_name": "Tischlämpchen 椅子 🪑",
                    "daily_quantity": -2,
                    "daily_rev": "-0.0001",
                    "daily_profit": "0.0000"
                  }
                ]"""));
    assertThat(places.get("rows"))
        .isEqualTo(
            json(
                """
                [
                  {
                    "ts_date": "2023-12-01",
                    "latitude": "52.520000",
                    "longitude": "13.405000",
                    "city": "Berlin",
                    "state": "Berlin",
                    "country": "Germany",
                    "daily_pu": 1
                  }
                ]"""));
  }

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }
}

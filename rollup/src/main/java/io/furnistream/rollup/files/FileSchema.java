package io.furnistream.rollup.files;

import io.furnistream.rollup.records.RawRecord;
import io.furnistream.rollup.totals.DayTotals;
import io.furnistream.rollup.totals.PlaceTotals;
import io.furnistream.rollup.totals.ProductTotals;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.stores.export.Hashes;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * The columns of one of a day's files.
 *
 * @param <R> what makes up a row
 * @param name such as {@code daily_records}
 * @param folder where its files stand in the export folder
 */
public record FileSchema<R>(String name, String folder, List<FileColumn<R>> columns) {

  /** The day's raw records. */
  public static final FileSchema<RawRecord> RECORDS =
      new FileSchema<>(
          "daily_records",
          "records",
          List.of(
              FileColumn.of("bucket", ColumnType.INT, RawRecord::bucket),
              FileColumn.distinct("ts_id", ColumnType.TEXT, of(DailyRecord::getTsId)),
              FileColumn.distinct("ts", ColumnType.INSTANT, of(DailyRecord::getTs)),
              FileColumn.of("ts_date", ColumnType.DATE, of(DailyRecord::getTsDate)),
              FileColumn.distinct("order_id", ColumnType.TEXT, of(DailyRecord::getOrderId)),
              FileColumn.of("line", ColumnType.INT, of(DailyRecord::getLine)),
              FileColumn.distinct("customer_id", ColumnType.TEXT, of(DailyRecord::getCustomerId)),
              FileColumn.distinct(
                  "customer_name", ColumnType.TEXT, of(DailyRecord::getCustomerName)),
              FileColumn.of("segment", ColumnType.TEXT, of(DailyRecord::getSegment)),
              FileColumn.of("country", ColumnType.TEXT, of(DailyRecord::getCountry)),
              FileColumn.of("state", ColumnType.TEXT, of(DailyRecord::getState)),
              FileColumn.of("city", ColumnType.TEXT, of(DailyRecord::getCity)),
              FileColumn.nullable("latitude", ColumnType.DEGREES, of(DailyRecord::getLatitude)),
              FileColumn.nullable("longitude", ColumnType.DEGREES, of(DailyRecord::getLongitude)),
              FileColumn.of("platform", ColumnType.TEXT, of(DailyRecord::getPlatform)),
              FileColumn.of("payment_method", ColumnType.TEXT, of(DailyRecord::getPaymentMethod)),
              FileColumn.of("category", ColumnType.TEXT, of(DailyRecord::getCategory)),
              FileColumn.of("sub_category", ColumnType.TEXT, of(DailyRecord::getSubCategory)),
              FileColumn.of("product_id", ColumnType.TEXT, of(DailyRecord::getProductId)),
              FileColumn.of("product_name", ColumnType.TEXT, of(DailyRecord::getProductName)),
              FileColumn.of("price", ColumnType.MONEY, of(DailyRecord::getPrice)),
              FileColumn.nullable("unit_cost", ColumnType.MONEY, of(DailyRecord::getUnitCost)),
              FileColumn.of("quantity", ColumnType.INT, of(DailyRecord::getQuantity)),
              FileColumn.of("discount", ColumnType.FRACTION, of(DailyRecord::getDiscount)),
              FileColumn.of("revenue", ColumnType.MONEY, of(DailyRecord::getRevenue)),
              FileColumn.nullable("profit", ColumnType.MONEY, of(DailyRecord::getProfit))));

  /** The day's totals: one row, or none for a day without records. */
  public static final FileSchema<DayTotals> DAILY_PU_REV =
      new FileSchema<>(
          "daily_pu_rev",
          "rollups/daily_pu_rev",
          List.of(
              FileColumn.of("ts_date", ColumnType.DATE, DayTotals::day),
              FileColumn.of("daily_records", ColumnType.COUNT, DayTotals::records),
              FileColumn.of("daily_pu", ColumnType.COUNT, DayTotals::customers),
              FileColumn.of("daily_orders", ColumnType.COUNT, DayTotals::orders),
              FileColumn.of("daily_quantity", ColumnType.COUNT, DayTotals::quantity),
              FileColumn.of("daily_rev", ColumnType.SUM, DayTotals::revenue),
              FileColumn.of("daily_profit", ColumnType.SUM, DayTotals::profit)));

  /** A row a product. */
  public static final FileSchema<ProductTotals> DAILY_CATEGORY_PRODUCT =
      new FileSchema<>(
          "daily_category_product",
          "rollups/daily_category_product",
          List.of(
              FileColumn.of("ts_date", ColumnType.DATE, ProductTotals::day),
              FileColumn.of("category", ColumnType.TEXT, ProductTotals::category),
              FileColumn.of("sub_category", ColumnType.TEXT, ProductTotals::subCategory),
              FileColumn.distinct("product_name", ColumnType.TEXT, ProductTotals::productName),
              FileColumn.of("daily_quantity", ColumnType.COUNT, ProductTotals::quantity),
              FileColumn.of("daily_rev", ColumnType.SUM, ProductTotals::revenue),
              FileColumn.of("daily_profit", ColumnType.SUM, ProductTotals::profit)));

  /** A row a point on the map. */
  public static final FileSchema<PlaceTotals> DAILY_ADDRESS =
      new FileSchema<>(
          "daily_address",
          "rollups/daily_address",
          List.of(
              FileColumn.of("ts_date", ColumnType.DATE, PlaceTotals::day),
              FileColumn.of("latitude", ColumnType.DEGREES, PlaceTotals::latitude),
              FileColumn.of("longitude", ColumnType.DEGREES, PlaceTotals::longitude),
              FileColumn.of("city", ColumnType.TEXT, PlaceTotals::city),
              FileColumn.of("state", ColumnType.TEXT, PlaceTotals::state),
              FileColumn.of("country", ColumnType.TEXT, PlaceTotals::country),
              FileColumn.of("daily_pu", ColumnType.COUNT, PlaceTotals::customers)));

  /** Every file that a closed day has. */
  public static final List<FileSchema<?>> ALL =
      List.of(RECORDS, DAILY_PU_REV, DAILY_CATEGORY_PRODUCT, DAILY_ADDRESS);

  MessageType parquet() {
    return new MessageType(name, columns.stream().<Type>map(FileColumn::parquet).toList());
  }

  /** SHA-256 of the Parquet schema's text: another set of columns is another fingerprint. */
  String fingerprint() {
    return Hashes.sha256(parquet().toString());
  }

  /** Where the day's file stands, from the export folder on. */
  public String path(LocalDate day) {
    return folder + "/" + day + ".parquet";
  }

  private static Function<RawRecord, Object> of(Function<DailyRecord, Object> field) {
    return rawRecord -> field.apply(rawRecord.sale());
  }
}

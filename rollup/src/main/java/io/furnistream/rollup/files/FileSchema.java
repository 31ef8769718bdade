package io.furnistream.rollup.files;

import io.furnistream.parquet.FileColumn;
import io.furnistream.parquet.FileTable;
import io.furnistream.parquet.SaleColumns;
import io.furnistream.rollup.records.RawRecord;
import io.furnistream.rollup.totals.DayTotals;
import io.furnistream.rollup.totals.PlaceTotals;
import io.furnistream.rollup.totals.ProductTotals;
import io.furnistream.schemas.Topic;
import io.furnistream.schemas.TopicColumn;
import io.furnistream.stores.export.Hashes;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * The columns of one of a day's files: those of the catalogue, with what each states of a row.
 *
 * @param <R> what makes up a row
 * @param name such as {@code daily_records}
 * @param folder where its files are in the export folder
 */
public record FileSchema<R>(String name, String folder, List<FileColumn<R>> columns) {

  /** The day's raw records. */
  public static final FileSchema<RawRecord> RECORDS =
      new FileSchema<>(Topic.DAILY_RECORDS.topicName(), "records", recordColumns());

  /** The day's totals: one row, or none for a day without records. */
  public static final FileSchema<DayTotals> DAILY_PU_REV =
      rollup(
          Topic.DAILY_PU_REV,
          Set.of(),
          Map.of(
              "ts_date", DayTotals::day,
              "daily_records", DayTotals::records,
              "daily_pu", DayTotals::customers,
              "daily_orders", DayTotals::orders,
              "daily_quantity", DayTotals::quantity,
              "daily_rev", DayTotals::revenue,
              "daily_profit", DayTotals::profit));

  /** One row per product. */
  public static final FileSchema<ProductTotals> DAILY_CATEGORY_PRODUCT =
      rollup(
          Topic.DAILY_CATEGORY_PRODUCT,
          Set.of("product_name"),
          Map.of(
              "ts_date", ProductTotals::day,
              "category", ProductTotals::category,
              "sub_category", ProductTotals::subCategory,
              "product_name", ProductTotals::productName,
              "daily_quantity", ProductTotals::quantity,
              "daily_rev", ProductTotals::revenue,
              "daily_profit", ProductTotals::profit));

  /** One row per point on the map. */
  public static final FileSchema<PlaceTotals> DAILY_ADDRESS =
      rollup(
          Topic.DAILY_ADDRESS,
          Set.of(),
          Map.of(
              "ts_date", PlaceTotals::day,
              "latitude", PlaceTotals::latitude,
              "longitude", PlaceTotals::longitude,
              "city", PlaceTotals::city,
              "state", PlaceTotals::state,
              "country", PlaceTotals::country,
              "daily_pu", PlaceTotals::customers));

  /** Every file that a closed day has. */
  public static final List<FileSchema<?>> ALL =
      List.of(RECORDS, DAILY_PU_REV, DAILY_CATEGORY_PRODUCT, DAILY_ADDRESS);

  FileTable<R> table() {
    return new FileTable<>(name, columns);
  }

  /** SHA-256 of the Parquet schema's text: another set of columns is another fingerprint. */
  String fingerprint() {
    return Hashes.sha256(table().parquet().toString());
  }

  /** The path of the day's file in the export folder. */
  public String path(LocalDate day) {
    return folder + "/" + day + ".parquet";
  }

  /** The key's columns that the record itself does not have, then the record as its contract is. */
  private static List<FileColumn<RawRecord>> recordColumns() {
    List<FileColumn<RawRecord>> columns = new ArrayList<>();
    columns.add(
        FileColumn.of(Topic.DAILY_RECORDS.table().column("bucket"), true, RawRecord::bucket));
    columns.addAll(SaleColumns.of(RawRecord::sale));
    return List.copyOf(columns);
  }

  /**
   * The columns of a topic's table.
   *
   * @param distinct columns whose values hardly ever repeat
   * @param values what a row states, by column
   */
  private static <R> FileSchema<R> rollup(
      Topic topic, Set<String> distinct, Map<String, Function<R, Object>> values) {
    List<FileColumn<R>> columns = new ArrayList<>();
    for (TopicColumn column : topic.table().columns()) {
      Function<R, Object> value =
          Objects.requireNonNull(values.get(column.name()), "No value for " + column.name());
      columns.add(FileColumn.of(column, !distinct.contains(column.name()), value));
    }
    return new FileSchema<>(
        topic.topicName(), "rollups/" + topic.topicName(), List.copyOf(columns));
  }
}

package io.furnistream.verify.tables;

import java.util.List;

/**
 * The aggregated tables, the same in every store that holds them: what they must hold, or what a
 * store was found to hold.
 *
 * @param dailyPuRev one row a day
 * @param dailyCategoryProduct one row a day and product
 * @param dailyAddress one row a day and point on the map
 */
public record AggregateTables(Table dailyPuRev, Table dailyCategoryProduct, Table dailyAddress) {

  /** The tables with no rows. */
  public static AggregateTables empty() {
    return new AggregateTables(
        new Table(
            "daily_pu_rev",
            "daily_records",
            "daily_pu",
            "daily_orders",
            "daily_quantity",
            "daily_rev",
            "daily_profit"),
        new Table("daily_category_product", "daily_quantity", "daily_rev", "daily_profit"),
        new Table("daily_address", "city", "state", "country", "daily_pu"));
  }

  /** All of them, in the order of their topics. */
  public List<Table> all() {
    return List.of(dailyPuRev, dailyCategoryProduct, dailyAddress);
  }

  /** Adds a row that a store holds in {@code daily_pu_rev}. */
  public void putDailyPuRev(StoredRow row) {
    dailyPuRev.put(
        row.date("ts_date"),
        List.of(),
        row.count("daily_records"),
        row.count("daily_pu"),
        row.count("daily_orders"),
        row.count("daily_quantity"),
        row.amount("daily_rev"),
        row.amount("daily_profit"));
  }

  /** Adds a row that a store holds in {@code daily_category_product}. */
  public void putDailyCategoryProduct(StoredRow row) {
    dailyCategoryProduct.put(
        row.date("ts_date"),
        List.of(row.text("category"), row.text("sub_category"), row.text("product_name")),
        row.count("daily_quantity"),
        row.amount("daily_rev"),
        row.amount("daily_profit"));
  }

  /** Adds a row that a store holds in {@code daily_address}. */
  public void putDailyAddress(StoredRow row) {
    dailyAddress.put(
        row.date("ts_date"),
        new Coordinates(row.amount("latitude"), row.amount("longitude")).key(),
        row.text("city"),
        row.text("state"),
        row.text("country"),
        row.count("daily_pu"));
  }
}

package io.furnistream.benchmarks.replay;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** A file for the mapping {@code superstore}, in no order of days, each customer in few rows. */
final class SalesFile {

  private static final LocalDate FIRST_DAY = LocalDate.of(2014, 1, 1);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("M/d/yyyy");
  private static final String COLUMNS =
      "row_id,order_id,order_date,ship_date,ship_mode,customer_id,customer_name,segment,country,city,"
          + "state,postal_code,region,product_id,category,sub_category,product_name,sales,quantity,"
          + "discount,profit";
  private static final List<String> CATEGORIES =
      List.of("Furniture", "Office Supplies", "Technology");
  private static final int PRODUCTS = 1_800;
  private static final List<List<String>> CITIES =
      List.of(
          List.of("New York City", "New York"),
          List.of("Los Angeles", "CA"),
          List.of("Philadelphia", "Pennsylvania"),
          List.of("San Francisco", "Calif."),
          List.of("Houston", "Texas"),
          List.of("Seattle", "WA"),
          List.of("Columbus", "Ohio"));

  private SalesFile() {}

  /**
   * Writes one.
   *
   * @param lines how many rows
   * @param days how many days they are of
   * @param customers how many customers there are, each on every day as soon as rows suffice
   */
  static Path write(Path file, int lines, int days, int customers) throws IOException {
    try (CsvWriter csv = CsvWriter.builder().build(file)) {
      csv.writeRecord(COLUMNS.split(","));
      for (int n = 0; n < lines; n++) {
        csv.writeRecord(row(n, FIRST_DAY.plusDays(Math.floorMod(n * 40_503L, days)), customers));
      }
    }
    return file;
  }

  private static List<String> row(int n, LocalDate date, int customers) {
    long customer = Math.floorMod(n * 2_654_435_761L, (long) customers);
    long product = Math.floorMod(n * 40_503L, (long) PRODUCTS);
    List<String> city = CITIES.get((int) (customer % CITIES.size()));
    String day = DAY.format(date);
    return List.of(
        Integer.toString(n),
        "CA-2016-" + n * 2L / 5,
        day,
        day,
        "Second Class",
        "CG-" + customer,
        "Customer " + customer,
        "Consumer",
        "United States",
        city.get(0),
        city.get(1),
        "42420",
        "South",
        "FUR-BO-" + product,
        CATEGORIES.get((int) (product % CATEGORIES.size())),
        "Sub-category " + product % 17,
        "A \"product\" of the store, " + product,
        BigDecimal.valueOf(10_000L + n % 900_000, 4).toPlainString(),
        Integer.toString(1 + n % 9),
        n % 5 == 0 ? "0.2" : "0",
        BigDecimal.valueOf(1_000L + n % 90_000, 4).toPlainString());
  }
}

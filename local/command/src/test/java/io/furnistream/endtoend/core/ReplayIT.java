package io.furnistream.endtoend.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.endtoend.records.ReportTables;
import io.furnistream.endtoend.stack.CommandProcess;
import io.furnistream.endtoend.stack.CoreStack;
import io.furnistream.endtoend.stack.OnCoreStack;
import io.furnistream.endtoend.stack.RunningStack;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A file of somebody's sales goes through every store, and is proved in each. */
@OnCoreStack
class ReplayIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final LocalDate FIRST = LocalDate.parse("2016-11-08");
  private static final LocalDate SECOND = LocalDate.parse("2016-11-09");

  private static final String HEADER =
      "\uFEFFrow_id,order_id,order_date,ship_date,ship_mode,customer_id,customer_name,segment,country,city,"
          + "state,postal_code,region,product_id,category,sub_category,product_name,sales,quantity,discount,profit\r\n";

  private final CoreStack stack;

  ReplayIT(CoreStack stack) {
    this.stack = stack;
  }

  @Test
  void aFileLandsInEveryStoreAndACorrectedOneMovesTheDifference() throws Exception {
    Path file = stack.path("superstore.csv");
    Files.writeString(
        file,
        HEADER
            + row(1, "11/8/2016", "Henderson", "KY", "261.96", "2", "0", "41.9136")
            + row(2, "11/8/2016", "Atlantis", "Ocean", "731.94", "3", "0", "219.582")
            + row(3, "11/9/2016", "Los Angeles", "Calif.", "14.62", "2", "0", "6.8714")
            + row(4, "11/9/2016", "Los Angeles", "Calif.", "14.62", "none", "0", "6.8714")
            + row(5, "11/9/2016", "Deutschland", "München", "BY", "31.50", "1", "0", "6.30"));

    JsonNode summary = replay(file);
    assertThat(summary.path("rows").asInt()).isEqualTo(5);
    assertThat(summary.path("records").asInt()).isEqualTo(4);
    assertThat(summary.path("rejected").asInt()).isOne();
    assertThat(summary.path("unknown_places").fieldNames().next()).startsWith("Atlantis");
    assertThat(summary.path("revenue").asText()).isEqualTo("1040.0200");
    assertDays("993.9000", "46.1200");
    assertPlaces();

    JsonNode again = replay(file);
    assertThat(again.path("written").asInt()).isZero();
    assertThat(again.path("changed_days")).isEmpty();

    Files.writeString(
        file,
        HEADER
            + row(1, "11/8/2016", "Henderson", "KY", "200.00", "2", "0", "41.9136")
            + row(3, "11/8/2016", "Los Angeles", "CA", "14.62", "2", "0", "6.8714"));
    JsonNode replaced = replay(file, "--replace");
    assertThat(replaced.path("taken_back").asInt()).isEqualTo(3);
    assertDays("214.6200", "0");
  }

  @Test
  void aRunThatIsKilledIsCompletedByTheNext() throws Exception {
    StringBuilder rows = new StringBuilder(HEADER);
    for (int n = 1; n <= 20_000; n++) {
      rows.append(
          row(n, "3/%d/2017".formatted(1 + n % 5), "Henderson", "KY", "1.25", "1", "0", "0.25"));
    }
    Path file = Files.writeString(stack.path("large.csv"), rows.toString());

    CommandProcess.Running killed =
        stack.start("replay", arguments(file, "--dataset", "large", "--speed", "10000x"));
    try (Connection reader = stack.reader()) {
      await()
          .atMost(RunningStack.LIMIT)
          .until(() -> ReportTables.revenue(reader, LocalDate.parse("2017-03-01")).signum() > 0);
    }
    killed.process().descendants().forEach(ProcessHandle::destroyForcibly);
    killed.process().destroyForcibly();
    assertThat(killed.await().status()).isNotZero();

    JsonNode summary = replay(file, "--dataset", "large");
    assertThat(summary.path("records").asInt()).isEqualTo(20_000);
    stack.closeDays("2017-03-01", "2017-03-05");
    stack.verified("--from", "2017-03-01", "--to", "2017-03-05");
  }

  private void assertDays(String first, String second) throws Exception {
    stack.succeed("caught-up");
    stack.closeDays(FIRST.toString(), SECOND.toString());
    stack.verified();
    try (Connection reader = stack.reader()) {
      assertThat(ReportTables.revenue(reader, FIRST)).isEqualByComparingTo(first);
      assertThat(ReportTables.revenue(reader, SECOND)).isEqualByComparingTo(second);
    }
  }

  private void assertPlaces() {
    try (CqlSession cassandra = stack.cassandra()) {
      Map<String, Row> rows = new HashMap<>();
      cassandra
          .execute(
              "SELECT * FROM furniture.daily_records"
                  + " WHERE ts_date = ? AND bucket IN (0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15)",
              SECOND)
          .forEach(row -> rows.put(row.getString("country"), row));
      assertThat(rows).containsOnlyKeys("United States", "Germany");
      assertPlace(rows.get("United States"), "34.05", "Los Angeles, California, West, Pacific");
      assertPlace(rows.get("Germany"), "48.14", "Munich, Bavaria, Europe, Western Europe");
    }
  }

  private static void assertPlace(Row row, String latitude, String names) {
    assertThat(Stream.of("city", "state", "region", "division").map(row::getString))
        .containsExactly(names.split(", ", -1));
    assertThat(row.getBigDecimal("latitude"))
        .isCloseTo(new BigDecimal(latitude), within(new BigDecimal("0.1")));
    assertThat(row.getString("cell")).as("on the map").isNotNull();
  }

  private JsonNode replay(Path file, String... options) throws IOException, InterruptedException {
    return JSON.readTree(stack.succeed("replay", arguments(file, options)).out());
  }

  private static String[] arguments(Path file, String... options) {
    List<String> all = new ArrayList<>(List.of("--mapping", "superstore", "--json"));
    all.addAll(List.of(options));
    all.add(file.toString());
    return all.toArray(String[]::new);
  }

  private static String row(
      int id,
      String day,
      String city,
      String state,
      String sales,
      String quantity,
      String discount,
      String profit) {
    return row(id, day, "United States", city, state, sales, quantity, discount, profit);
  }

  private static String row(
      int id,
      String day,
      String country,
      String city,
      String state,
      String sales,
      String quantity,
      String discount,
      String profit) {
    return "%d,CA-%d,%s,%s,Second Class,CG-%d,Claire Gute,Consumer,%s,%s,%s,42420,South,FUR-BO-1,Furniture,Bookcases,\"Bush \"\"S\"\", oak\",%s,%s,%s,%s\r\n"
        .formatted(id, id, day, day, id, country, city, state, sales, quantity, discount, profit);
  }
}

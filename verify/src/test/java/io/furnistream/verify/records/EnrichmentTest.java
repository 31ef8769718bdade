package io.furnistream.verify.records;

import static io.furnistream.verify.tables.Sales.DEC_1;
import static io.furnistream.verify.tables.Sales.key;
import static io.furnistream.verify.tables.Sales.sale;
import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.schemas.Topic;
import io.furnistream.verify.database.ProofRow;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.TableLayout;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the transforms' documentation says that they add. */
class EnrichmentTest {

  private final Sold sold = new Sold();

  @TempDir private Path folder;

  @BeforeEach
  void regions() throws Exception {
    sold.lookUpIn(
        Files.writeString(
            folder.resolve("regions.csv"),
            """
            country,state,region,division
            Germany,*,Europe,Western Europe
            Germany,Sachsen Anhalt,East,
            Mexico,Michoac\u00e1n,Americas,Central America
            """));
  }

  @AfterEach
  void close() {
    sold.close();
  }

  /** The cell is the example of H3's documentation (cellToLatLng), the weekday a calendar's. */
  @Test
  void aSaleHasItsPartsItsCellAndTheRegionOfItsCountry() {
    sold.put(
        key(DEC_1, 1),
        sale(DEC_1, 1, "Ann", "1.0000")
            .setLatitude(degrees("37.345000"))
            .setLongitude(degrees("-121.977000"))
            .build());

    raw(
        row -> {
          assertThat(row.text("customer_name")).isEqualTo("ed54bab706fc770bf47bded0c6a9a2e2");
          assertThat(row.count("ts_year")).isEqualTo(2023);
          assertThat(row.count("ts_month")).isEqualTo(12);
          assertThat(row.count("ts_day")).isEqualTo(1);
          assertThat(row.count("ts_weekday")).as("a Friday").isEqualTo(5);
          assertThat(row.text("cell")).isEqualTo("85283473fffffff");
          assertThat(row.amount("cell_latitude")).isEqualTo(degrees("37.345793"));
          assertThat(row.amount("cell_longitude")).isEqualTo(degrees("-121.976376"));
          assertThat(row.text("region")).isEqualTo("Europe");
          assertThat(row.text("division")).isEqualTo("Western Europe");
        });
  }

  @Test
  void aStateOfItsOwnComesBeforeItsCountryHoweverItIsWritten() {
    sold.put(
        key(DEC_1, 1), sale(DEC_1, 1, "Ann", "1.0000").setState("\u00a0Sachsen \t Anhalt").build());
    raw(
        row -> {
          assertThat(row.text("region")).isEqualTo("East");
          assertThat(row.text("division")).isNull();
        });
  }

  @Test
  void aNameIsFoundHoweverItsLettersAreComposed() {
    sold.put(
        key(DEC_1, 1),
        sale(DEC_1, 1, "Ann", "1.0000").setCountry("Mexico").setState("Michoaca\u0301n").build());
    raw(row -> assertThat(row.text("region")).isEqualTo("Americas"));
  }

  @Test
  void whatIsNotThereIsNull() {
    sold.put(
        key(DEC_1, 1),
        sale(DEC_1, 1, "Ann", "1.0000").setCountry("Atlantis").setLatitude(null).build());
    raw(
        row -> {
          assertThat(row.text("cell")).isNull();
          assertThat(row.amount("cell_latitude")).isNull();
          assertThat(row.text("region")).isNull();
        });
  }

  private void raw(Consumer<ProofRow> reader) {
    sold.prepare(DayRange.ALL);
    int[] rows = new int[1];
    sold.database()
        .forEachRow(
            "FROM " + ExpectedTable.of(TableLayout.of(Topic.DAILY_RECORDS)),
            row -> {
              rows[0]++;
              reader.accept(row);
            });
    assertThat(rows[0]).isEqualTo(1);
  }

  private static BigDecimal degrees(String text) {
    return new BigDecimal(text);
  }
}

package io.furnistream.replay.run;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.WrongInputException;
import io.furnistream.replay.mapping.Mapping;
import io.furnistream.replay.mapping.MappingReader;
import io.furnistream.replay.places.Places;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with the quirks that people's files have, counted and not written. */
class DryRunTest {

  private static final String SHIPPED = "/mappings/%s.yaml";
  private static final String SIMPLE =
      """
      key: [no]
      skip: [blank_rows]
      fields:
        ts: {column: day, formats: [yyyy-MM-dd]}
        product_name: item
        quantity: pieces
        price: price
      """;

  @TempDir private Path folder;

  @Test
  void theFormOfSuperstore() throws Exception {
    Path file =
        write(
            "superstore.csv",
            "\uFEFFrow_id,order_id,order_date,ship_date,ship_mode,customer_id,customer_name,segment,country,city,"
                + "state,postal_code,region,product_id,category,sub_category,product_name,sales,quantity,discount,profit\r\n"
                + "1,CA-1,11/8/2016,11/11/2016,Second,CG-1,Claire,Consumer,United States,Henderson,Kentucky,"
                + "42420,South,FUR-1,Furniture,Bookcases,\"Bush, \"\"Somerset\"\"\nBookcase\",261.96,2,0,41.9136\r\n"
                + "2,CA-1,11/8/2016,11/11/2016,Second,CG-1,Claire,Consumer,United States,Henderson,Kentucky,"
                + "42420,South,FUR-2,Furniture,Chairs,Chair,957.5775,5,0.45,-383.031\r\n");

    JsonNode summary = dryRun(shipped("superstore"), file);

    assertThat(summary.path("rows").asInt()).isEqualTo(2);
    assertThat(summary.path("records").asInt()).isEqualTo(2);
    assertThat(summary.path("revenue").asText()).isEqualTo("1219.5375");
    assertThat(summary.path("days").asInt()).isOne();
    assertThat(summary.path("from").asText()).isEqualTo("2016-11-08");
    assertThat(summary.path("rejected").asInt()).as(summary.toString()).isZero();
  }

  @Test
  void theFormOfKaggle() throws Exception {
    String header = "Order ID,Product,Quantity Ordered,Price Each,Order Date,Purchase Address\n";
    String cable =
        "176558,USB-C Charging Cable,2,11.95,04/19/19 08:46,\"917 1st St, Dallas, TX 75001\"\n";
    Path april =
        write(
            "Sales_April.csv",
            header
                + cable
                + ",,,,,\n"
                + header
                + "176559,Headphones,1,99.99,04/07/19 22:30,\"682 Chestnut St, Boston, MA 02215\"\n"
                + cable
                + "\n"
                + "176560,Wired Headphones,one,11.99,04/12/19 14:38,\"669 Spruce St, Los Angeles, CA 90001\"\n");
    Path may = write("Sales_May.csv", header + cable);

    JsonNode summary = dryRun(shipped("kaggle-sales"), april, may);

    assertThat(summary.path("rows").asInt()).isEqualTo(8);
    assertThat(summary.path("skipped").asInt()).isEqualTo(3);
    assertThat(summary.path("records").asInt()).isEqualTo(2);
    assertThat(summary.path("duplicates").asInt()).isEqualTo(2);
    assertThat(summary.path("rejected").asInt()).isOne();
    assertThat(summary.path("rejected_by_field").path("quantity").asInt()).isOne();
    assertThat(summary.path("rejected_files").get(0).asText())
        .endsWith("Sales_April.csv.rejected.csv");
    assertThat(summary.path("revenue").asText()).isEqualTo("123.8900");
    assertThat(Files.readAllLines(folder.resolve("Sales_April.csv.rejected.csv")))
        .containsExactly(
            header.strip() + ",rejected_line,rejected_column,rejected_reason",
            "176560,Wired Headphones,one,11.99,04/12/19 14:38,\"669 Spruce St, Los Angeles, CA 90001\","
                + "8,Quantity Ordered,'one' is not a number with the decimal '.'");
    assertThat(folder.resolve("Sales_May.csv.rejected.csv")).doesNotExist();
  }

  @Test
  void rejectedRowsAreReplayedOnceTheyAreCorrected() throws Exception {
    Path file = write("shop.csv", "no,day,item,pieces,price\n1,2020-01-02,Chair,x,3\n");
    dryRun(simple(), file);
    Path rejected = folder.resolve("shop.csv.rejected.csv");
    Files.writeString(rejected, Files.readString(rejected).replace("Chair,x,3", "Chair,2,3"));

    JsonNode summary = dryRun(simple(), rejected);

    assertThat(summary.path("revenue").asText()).isEqualTo("6.0000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void linesEndAsTheyEnd(String end) throws Exception {
    Path file =
        write(
            "shop.csv",
            String.join(
                end,
                "no,day,item,pieces,price",
                "1,2020-01-02,Chair,2,3",
                "2,2020-01-03,Desk,1,4"));

    assertThat(dryRun(simple(), file).path("revenue").asText()).isEqualTo("10.0000");
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t", "|"})
  void theDelimiterIsSeen(String delimiter) throws Exception {
    Path file =
        write(
            "shop.csv",
            "no,day,item,pieces,price\n1,2020-01-02,Chair,2,3\n".replace(",", delimiter));

    assertThat(dryRun(simple(), file).path("revenue").asText()).isEqualTo("6.0000");
  }

  @Test
  void theEncodingIsSeenOrSaidToBeAGuess() throws Exception {
    String text = "no,day,item,pieces,price\n1,2020-01-02,Café-Stühle €,2,3\n";
    Path utf8 = write("utf8.csv", text.getBytes(UTF_8));
    Path marked = write("utf16.csv", ("\uFEFF" + text).getBytes(UTF_16LE));
    Path windows = write("windows.csv", text.getBytes(Charset.forName("windows-1252")));
    Path gzip = write("shop.csv.gz", gzipped(text.getBytes(UTF_8)));

    for (Path file : List.of(utf8, marked, gzip)) {
      assertThat(dryRun(simple(), file).path("notes")).as(file.toString()).isEmpty();
    }
    assertThat(dryRun(simple(), windows).path("notes").get(0).asText())
        .contains("windows.csv is read as windows-1252", "encoding");
    // All four say the same.
    assertThat(dryRun(simple(), utf8, marked, windows, gzip).path("duplicates").asInt())
        .isEqualTo(3);
    assertThat(dryRun(simple(), utf8, marked, windows, gzip).path("corrected").asInt()).isZero();
  }

  @Test
  void aStatedEncodingThatDoesNotFitIsNamedWithTheLine() throws Exception {
    Path file =
        write(
            "shop.csv",
            "no,day,item,pieces,price\n1,2020-01-02,Stühle,2,3\n"
                .getBytes(Charset.forName("windows-1252")));

    assertThatThrownBy(() -> dryRun(mapping("encoding: UTF-8\n" + SIMPLE), file))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("shop.csv, after line 1")
        .hasMessageContaining("encoding: windows-1252");
  }

  @Test
  void theLastRowOfAKeyCounts() throws Exception {
    Path file =
        write(
            "shop.csv",
            "no,day,item,pieces,price\n1,2020-01-02,Chair,2,3\n1,2020-01-03,Chair,1,3\n1,2020-01-03,Chair,1,3\n");

    JsonNode summary = dryRun(simple(), file);

    assertThat(summary.path("records").asInt()).isOne();
    assertThat(summary.path("corrected").asInt()).isOne();
    assertThat(summary.path("duplicates").asInt()).isOne();
    assertThat(summary.path("from").asText()).isEqualTo("2020-01-03");
  }

  @Test
  void rowsOfAnotherLengthAreRejected() throws Exception {
    Path file =
        write(
            "shop.csv",
            "no,day,item,pieces,price\n1,2020-01-02,Chair,2\n2,2020-01-02,Chair,2,3,4\n3,2020-01-02,Chair,2,3\n");

    JsonNode summary = dryRun(simple(), file);

    assertThat(summary.path("rows").asInt()).isEqualTo(3);
    assertThat(summary.path("rejected_by_field").path("row").asInt()).isEqualTo(2);
    assertThat(summary.path("records").asInt()).isOne();
  }

  @Test
  void whatIsNotAFileOfRowsIsNamed() throws Exception {
    assertRefused(folder, "is a folder");
    assertRefused(folder.resolve("none.csv"), "There is no file");
    assertRefused(write("empty.csv", ""), "is empty");
    assertRefused(write("blank.csv.gz", gzipped(new byte[0])), "has no header");
    byte[] whole = gzipped("no,day,item,pieces,price\n".repeat(1000).getBytes(UTF_8));
    assertRefused(
        write("cut.csv.gz", Arrays.copyOf(whole, whole.length - 10)), "damaged or cut short");
    assertRefused(
        write("other.csv", "no,date,item,pieces,price\n"), "has no column 'day', which shop.yaml");
    assertRefused(
        write("twice.csv", "no,day,day,item,pieces,price\n"), "has several columns 'day'");
    assertRefused(
        write("quote.csv", "no,day,item,pieces,price\n1,2020-01-02,\"Chair,2,3\n"),
        "quote.csv, after line 1");
  }

  @Test
  void whatIsNoTextIsNamed() throws Exception {
    byte[] zip = {'P', 'K', 3, 4, 20, 0, 0, 0, (byte) 0x81};
    assertRefused(write("shop.xlsx", zip), "Save the sheet as CSV");
    byte[] text = "no,day,item,pieces,price\n".getBytes(UTF_8);
    assertRefused(write("shop.csv.gz.gz", gzipped(gzipped(text))), "packed by gzip twice");
    assertRefused(Path.of("/dev/null"), "a pipe or a device");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sep=;\n", "\"sep=;\"\r\n", "\n\n", ";;;;\n", "\uFEFF", "\uFEFFsep=;\n"})
  void whatIsBeforeTheHeaderIsPassedOver(String before) throws Exception {
    Path file =
        write(
            "shop.csv",
            before + "\"no;r\";\"day\";\"item\";\"pieces\";\"price\"\n1;2020-01-02;Chair;2;3\n");

    JsonNode summary = dryRun(mapping(SIMPLE.replace("[no]", "['no;r']")), file);

    assertThat(summary.path("revenue").asText()).as(summary.toString()).isEqualTo("6.0000");
  }

  @Test
  void rejectedRowsAreWrittenAsTheMappingReadsThem() throws Exception {
    Charset windows = Charset.forName("windows-1252");
    Mapping mapping = mapping("encoding: windows-1252\ndelimiter: ;\n" + SIMPLE);
    Path file =
        write(
            "shop.csv",
            "no;day;item;pieces;price\n1;2020-01-02;St\u00fchle;x;3\n".getBytes(windows));

    dryRun(mapping, file);

    Path rejected = folder.resolve("shop.csv.rejected.csv");
    assertThat(Files.readString(rejected, windows))
        .contains("1;2020-01-02;St\u00fchle;x;3;2;pieces;");
    assertThat(dryRun(mapping, rejected).path("rejected_by_field").path("quantity").asInt())
        .isOne();
  }

  @Test
  void emptyCellsBeyondTheHeaderAreNone() throws Exception {
    Path file =
        write(
            "shop.csv",
            "no,day,item,pieces,price\n1,2020-01-02,Chair,2,3,\n2,2020-01-02,Desk,1,4,,\n");

    assertThat(dryRun(simple(), file).path("revenue").asText()).isEqualTo("10.0000");
  }

  @Test
  void correctedRowsAreNotLostToTheFileThatTheyComeFrom() throws Exception {
    Path file = write("shop.csv", "no,day,item,pieces,price\n1,2020-01-02,Chair,x,3\n");
    Path rejected =
        write("shop.csv.rejected.csv", "no,day,item,pieces,price\n1,2020-01-02,Chair,2,3\n");
    String corrected = Files.readString(rejected);

    assertThatThrownBy(() -> dryRun(simple(), file, rejected))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("where the rejected rows of")
        .hasMessageContaining("Rename it");
    assertThatThrownBy(() -> dryRun(mapping(SIMPLE.replace("price: price", "price: cost")), file))
        .hasMessageContaining("has no column 'cost'");

    assertThat(Files.readString(rejected)).isEqualTo(corrected);
  }

  @Test
  void theColumnToCorrectIsNamedOfWhatIsMadeFromIt() throws Exception {
    Path file =
        write(
            "shop.csv",
            "no,day,item,pieces,price\n1,0024-01-02,Chair,2,3\n2,2020-01-02,a\0b,2,3\n");

    dryRun(simple(), file);

    assertThat(Files.readAllLines(folder.resolve("shop.csv.rejected.csv")))
        .anyMatch(row -> row.contains(",2,day,"))
        .anyMatch(row -> row.contains(",3,item,"));
  }

  @Test
  void aMessageListsSomeColumnsOfMany() throws Exception {
    assertRefused(write("many.csv", "c,".repeat(10_000) + "d\n"), "c, and 9951 more. Correct");
  }

  @Test
  void strictEndsAtTheFirstRowThatIsNoSale() throws Exception {
    Path file = write("shop.csv", "no,day,item,pieces,price\n1,2020-01-02,Chair,0,3\n");

    assertThatThrownBy(() -> run(simple(), true, file))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("shop.csv, line 2, column 'pieces'")
        .hasMessageContaining("quantity");
  }

  @Test
  void columnsAreKnownHoweverTheirNamesAreWritten() throws Exception {
    Path file =
        write("shop.csv", "No;DAY;Item ;Pieces;price_\n1;2020-01-02;Chair;2;3\n".getBytes(UTF_8));

    assertThat(dryRun(simple(), file).path("revenue").asText()).isEqualTo("6.0000");
    assertRefused(
        write("alike.csv", "no,Day,DAY,item,pieces,price\n"), "has several columns 'day'");
  }

  @Test
  @Timeout(60)
  void aFileThatGrowsWithEachRowThatIsReadChangesNothing() throws Exception {
    Path file = write("shop.csv", "no,day,item,pieces,price,city\n1,2020-01-02,Chair,2,3,Bonn\n");
    Places appends =
        (country, state, city) -> {
          try {
            Files.writeString(file, "2,2020-01-02,Desk,1,1,Bonn\n", StandardOpenOption.APPEND);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return Places.NONE.find(country, state, city);
        };

    assertThatThrownBy(() -> run(mapping(SIMPLE + "  city: city\n"), appends, false, file))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("shop.csv was changed while it was read");
  }

  @Test
  void whatIsNoFaultOfTheFileMayBeTriedAgain() throws Exception {
    Path file = write("shop.csv", "no,day,item,pieces,price\n1,2020-01-02,Chair,2,3\n");
    Files.createDirectories(folder.resolve("shop.csv.rejected.csv/in the way"));

    assertThatThrownBy(() -> dryRun(simple(), file))
        .isInstanceOf(CannotRunException.class)
        .isNotInstanceOf(WrongInputException.class)
        .hasMessageContaining("The rejected rows cannot be written");
  }

  private void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> dryRun(simple(), file))
        .as(file.toString())
        .isInstanceOf(WrongInputException.class)
        .hasMessageContaining(message);
  }

  private JsonNode dryRun(Mapping mapping, Path... files) {
    return run(mapping, false, files);
  }

  private JsonNode run(Mapping mapping, boolean strict, Path... files) {
    return run(mapping, Places.NONE, strict, files);
  }

  private JsonNode run(Mapping mapping, Places places, boolean strict, Path... files) {
    ReplayRun.Options options =
        new ReplayRun.Options("shop", "shop", false, strict, true, 0, Instant.MAX, folder);
    return new ReplayRun(options, mapping, places, ZoneId.of("America/New_York"))
        .replay(
            List.of(files),
            () -> {
              throw new AssertionError("a dry run asks nothing of the stack");
            })
        .json();
  }

  private static Mapping simple() {
    return mapping(SIMPLE);
  }

  private static Mapping mapping(String yaml) {
    return MappingReader.read("shop.yaml", yaml);
  }

  private static Mapping shipped(String name) throws IOException {
    try (var in = DryRunTest.class.getResourceAsStream(SHIPPED.formatted(name))) {
      return MappingReader.read(name, new String(in.readAllBytes(), UTF_8));
    }
  }

  private Path write(String name, String text) throws IOException {
    return write(name, text.getBytes(UTF_8));
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private static byte[] gzipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}

package io.furnistream.datagen.sales;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.RunLedgerKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same arguments give the same bytes. When a pin here fails, records of existing datasets have
 * changed: that calls for a new {@link Dataset#GENERATOR_VERSION}, and only then for a new pin. (A
 * changed store file is another store, which has its fingerprint in the name: new pins alone.)
 */
class DeterminismTest {

  private static final String PINNED_DATASET = "gen2-furniture-s7-r500-450b1894";
  private static final String PINNED_DAY =
      "9c2a3adff8963d622f87bd537082c98ee86c1c0478f949a543e44284b37ebf42";
  private static final String PINNED_DEMAND =
      "d2b60046d0a6a058c75b5568826c451e5b6dd7fead816b6a3c1433fca87d27cb";
  private static final String PINNED_SPRING_FORWARD =
      "1c31a93371eb371aa217212231e5681cad8f7799b892c23ff1933427310284c8";
  private static final String PINNED_RATE =
      "9495e442793316fcee4279c4dc3ceac03f9657047db232a70a2465e23726d7c2";
  private static final String PINNED_LIVE_DEMAND =
      "7a9a9851821826a8cb350610d1eeb5c4fb2de593d449720093aad374502263c3";
  private static final String PINNED_NEGATIVE_SEED =
      "082c152b4b125bd1d084924708dd17cb8e33478ffdd09d36cec4585a938bd383";

  @Test
  void recordsDoNotChangeSilently() {
    assertThat(Days.dataset(7, 500).name()).isEqualTo(PINNED_DATASET);
    assertThat(Days.sha256(Days.generate(Days.dataset(7, 500), "2023-12-01")))
        .isEqualTo(PINNED_DAY);
    assertThat(Days.sha256(Days.generate(Days.dataset(7, 500), "2023-03-12")))
        .isEqualTo(PINNED_SPRING_FORWARD);
    assertThat(Days.sha256(Days.generate(Days.dataset(-3, 77), "2016-02-29")))
        .isEqualTo(PINNED_NEGATIVE_SEED);
    assertThat(
            Days.sha256(
                Days.generate(
                    new Dataset(Days.furniture(), 7, Volume.modelled(500, 200)), "2027-11-26")))
        .isEqualTo(PINNED_DEMAND);
  }

  @ParameterizedTest
  @CsvSource({"false, 50, " + PINNED_RATE, "true, 100000, " + PINNED_LIVE_DEMAND})
  void liveSalesDoNotChangeSilently(boolean modelled, int lines, String digest) {
    List<GeneratedRecord> minute = new ArrayList<>();
    new LiveSales(new LiveDataset(Days.furniture(), 7, modelled, lines))
        .orders(Instant.parse("2027-11-26T17:00:00Z"))
        .forEach(minute::addAll);
    assertThat(minute).hasSizeGreaterThan(50);
    assertThat(Days.sha256(minute)).isEqualTo(digest);
  }

  @ParameterizedTest
  @CsvSource({
    "Pacific/Kiritimati, tr-TR",
    "Pacific/Pago_Pago, ar-EG-u-nu-arab",
    "Asia/Kolkata, th-TH-u-ca-buddhist-nu-thai",
    "UTC, de-DE"
  })
  void machineZoneAndLocaleDoNotMatter(String zone, String locale) {
    TimeZone usualZone = TimeZone.getDefault();
    Locale usualLocale = Locale.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone(zone));
      Locale.setDefault(Locale.forLanguageTag(locale));
      assertThat(Days.dataset(7, 500).name()).isEqualTo(PINNED_DATASET);
      assertThat(Days.sha256(Days.generate(Days.dataset(7, 500), "2023-12-01")))
          .isEqualTo(PINNED_DAY);
    } finally {
      TimeZone.setDefault(usualZone);
      Locale.setDefault(usualLocale);
    }
  }

  @Test
  void aDayDoesNotDependOnTheDaysAroundIt() {
    Dataset dataset = Days.dataset(7, 200);
    DayGenerator forward = new DayGenerator(dataset);
    List<GeneratedRecord> first = Days.generate(forward, "2023-12-05");
    Days.generate(forward, "2023-12-06");
    assertThat(Days.generate(forward, "2023-12-05")).isEqualTo(first);

    DayGenerator other = new DayGenerator(dataset);
    Days.generate(other, "2023-11-30");
    assertThat(Days.generate(other, "2023-12-05")).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void threadsDoNotMatter(int threads) throws Exception {
    // Chunks made by several threads at once, in whatever order these get to them.
    Dataset dataset = new Dataset(Days.furniture(), 7, Volume.modelled(20_000, 300));
    List<GeneratedRecord> expected = Days.generate(dataset, "2023-12-02");
    List<Chunk> chunks = new DayGenerator(dataset).plan(LocalDate.of(2023, 12, 2)).chunks();
    assertThat(chunks).hasSizeGreaterThan(5);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<List<GeneratedRecord>>> parts = new ArrayList<>();
      for (int i = chunks.size() - 1; i >= 0; i--) {
        Chunk chunk = chunks.get(i);
        parts.add(
            0,
            pool.submit(
                () -> {
                  List<GeneratedRecord> records = new ArrayList<>();
                  chunk.generate(records::add);
                  return records;
                }));
      }
      List<GeneratedRecord> all = new ArrayList<>();
      for (int i = 0; i < chunks.size(); i++) {
        List<GeneratedRecord> records = parts.get(i).get(60, TimeUnit.SECONDS);
        assertThat(chunks.get(i).firstRecord()).isEqualTo(all.size() + 1);
        assertThat(records).hasSize(chunks.get(i).records());
        all.addAll(records);
      }
      assertThat(Days.sha256(all)).isEqualTo(Days.sha256(expected));
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void generatorsOfOneDatasetMayWorkAtOnce() throws Exception {
    // One generator, whose customers and tables several days ask for at the same time.
    Dataset dataset = new Dataset(Days.furniture(), 7, Volume.exactly(300, 300));
    DayGenerator shared = new DayGenerator(dataset);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<String>> digests = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        String day = LocalDate.of(2024, 1, 1).plusMonths(i).toString();
        digests.add(pool.submit(() -> Days.sha256(Days.generate(shared, day))));
      }
      for (int i = 0; i < 12; i++) {
        String day = LocalDate.of(2024, 1, 1).plusMonths(i).toString();
        assertThat(digests.get(i).get(60, TimeUnit.SECONDS))
            .isEqualTo(Days.sha256(Days.generate(dataset, day)));
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2023-12-01", "2023-12-02"})
  void anotherSeedSizeOrDayIsOtherRecords(String day) {
    List<GeneratedRecord> records = Days.generate(Days.dataset(7, 100), day);
    assertThat(ids(records))
        .doesNotContainAnyElementsOf(ids(Days.generate(Days.dataset(8, 100), day)))
        .doesNotContainAnyElementsOf(ids(Days.generate(Days.dataset(7, 101), day)))
        .doesNotContainAnyElementsOf(ids(Days.generate(Days.dataset(7, 100), "2023-12-03")));
  }

  @Test
  void datasetsOfOneSeedShowTheSameCustomers() {
    List<String> small =
        Days.generate(Days.dataset(7, 50), "2023-12-01").stream()
            .map(each -> each.value().getCustomerId() + each.value().getCustomerName())
            .toList();
    List<String> large =
        Days.generate(Days.dataset(7, 20_000), "2023-12-01").stream()
            .map(each -> each.value().getCustomerId() + each.value().getCustomerName())
            .toList();
    assertThat(large).containsAll(small);
  }

  @Test
  void keyBytesDoNotChangeSilently() throws Exception {
    // A key's bytes are its body behind the schema's id, and the id follows the schema's whole
    // text: another doc string makes other keys, and compaction then keeps both.
    assertThat(sha256(DailyRecordKey.getClassSchema()))
        .isEqualTo("0ee0d9bd41f10b72a9f3ab737045f7838b1f139b4cd8846b464b3c2262bdd161");
    assertThat(sha256(RunLedgerKey.getClassSchema()))
        .isEqualTo("cfeba2ed6e7def1ecdc56c2407ace6b008ed32a091eccc91ea62040a786643c5");

    // By hand from the Avro specification: 19,692 days and bucket 15 as zig-zag varints, then the
    // length 36 and the text.
    byte[] key =
        Days.avro(
            new DailyRecordKey(
                LocalDate.of(2023, 12, 1), 15, "00000000-0000-0000-0000-00000000000f"));
    assertThat(HexFormat.of().formatHex(key))
        .isEqualTo(
            "d8b302"
                + "1e"
                + "48"
                + HexFormat.of()
                    .formatHex(
                        "00000000-0000-0000-0000-00000000000f"
                            .getBytes(StandardCharsets.US_ASCII)));
  }

  private static List<String> ids(List<GeneratedRecord> records) {
    return records.stream().map(each -> each.value().getTsId()).toList();
  }

  private static String sha256(Schema schema) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256")
                .digest(schema.toString().getBytes(StandardCharsets.UTF_8)));
  }
}

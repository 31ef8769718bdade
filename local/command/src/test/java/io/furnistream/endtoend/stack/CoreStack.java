package io.furnistream.endtoend.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.endtoend.records.Oracle;
import io.furnistream.stack.python.GazetteerFiles;
import io.furnistream.stack.state.Home;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A stack of the profile core, on which a demo has made a small dataset. Every test leaves the
 * stores in agreement, and the dataset as it was; what it adds has days of its own, which it
 * closes.
 */
public final class CoreStack extends RunningStack {

  /** The first day of the dataset, a Friday. */
  public static final LocalDate FIRST = LocalDate.parse("2023-12-01");

  /** The days of the dataset. */
  public static final List<LocalDate> DAYS =
      FIRST.datesUntil(LocalDate.parse("2023-12-11")).toList();

  /** Records on each of them. */
  public static final int RECORDS = 300;

  private static final String[] DATASET = {
    "--from", "2023-12-01", "--to", "2023-12-10", "--records", "300", "--seed", "7"
  };

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger unannounced = new AtomicInteger();

  private CoreStack() throws IOException {
    super("core");
  }

  /** Starts one, which must succeed; where it does not, nothing is left running. */
  static CoreStack withDemo() throws Exception {
    // Here, where a proxy of the machine still is one.
    GazetteerFiles.get(Home.fromSystemProperty(), System.out::println);
    return begun(new CoreStack());
  }

  @Override
  void begin() throws IOException, InterruptedException {
    CommandProcess.Result demo = succeed("demo", DATASET);
    assertThat(demo.out())
        .contains("ledger", "kafka", "cassandra", "postgres", "parquet", "Where to look");
  }

  /** Starts to generate the dataset, as the demo did. */
  public CommandProcess.Running generateAgain() throws IOException {
    return start("generate", DATASET);
  }

  /** Verifies, which must find that every store agrees; answers the report. */
  public JsonNode verified(String... options) throws Exception {
    CommandProcess.Result verify = verifyAsJson(options);
    assertThat(verify.status()).as(verify.out() + verify.err()).isZero();
    JsonNode report = JSON.readTree(verify.out());
    assertThat(report.path("ok").asBoolean()).isTrue();
    return report;
  }

  /** Verifies, which must find differences; answers them. */
  public JsonNode differences(String... options) throws Exception {
    CommandProcess.Result verify = verifyAsJson(options);
    assertThat(verify.status()).as(verify.out()).isEqualTo(1);
    JsonNode report = JSON.readTree(verify.out());
    assertThat(report.path("ok").asBoolean()).isFalse();
    return report.path("differences");
  }

  private CommandProcess.Result verifyAsJson(String... options) throws Exception {
    return verify(Stream.concat(Stream.of("--json"), Stream.of(options)).toArray(String[]::new));
  }

  /** Verifies, where as many records may be refused unannounced as tests have sent. */
  public CommandProcess.Result verify(String... options) throws Exception {
    return startVerify(options).await();
  }

  /** Starts to verify likewise. */
  public CommandProcess.Running startVerify(String... options) throws Exception {
    return start(
        "verify",
        Stream.concat(
                Stream.of("--allow-refused", Integer.toString(unannounced.get())),
                Stream.of(options))
            .toArray(String[]::new));
  }

  /** A test has sent records that are refused, and that no entry of the ledger states. */
  public void addUnannounced(int records) {
    unannounced.addAndGet(records);
  }

  /** Verifies, which must name a difference. */
  public void assertDiffers(String day, String store, String column, String difference)
      throws Exception {
    assertThat(differences())
        .anySatisfy(
            each -> {
              assertThat(each.path("ts_date").asText()).isEqualTo(day);
              assertThat(each.path("store").asText()).isEqualTo(store);
              assertThat(each.path("column").asText()).isEqualTo(column);
              assertThat(new BigDecimal(each.path("difference").asText()))
                  .isEqualByComparingTo(difference);
            });
  }

  /** Closes days, which must succeed. */
  public CommandProcess.Result closeDays(String from, String to) throws Exception {
    return succeed("rollup", "--from", from, "--to", to);
  }

  /** The files of the closed days, and when each was written. */
  public Map<Path, FileTime> exported() throws IOException {
    Map<Path, FileTime> files = new HashMap<>();
    try (Stream<Path> all = Files.walk(state().resolve("export"))) {
      for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        if (!file.getFileName().toString().startsWith(".")) {
          files.put(file, Files.getLastModifiedTime(file));
        }
      }
    }
    return files;
  }

  /** What a plain loop over the topic counts on some days. */
  public Map<LocalDate, Oracle.Day> oracle(List<LocalDate> days) {
    return Oracle.days(endpoints(), days);
  }

  /** Asks Connect's REST API. */
  public JsonNode connect(String path) throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(connectUri(path)).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(path).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  /** Puts a configuration to Connect's REST API, whatever it answers. */
  public HttpResponse<String> putToConnect(String path, Map<String, String> config)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(connectUri(path))
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(config)))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private URI connectUri(String path) {
    return URI.create("http://127.0.0.1:" + port(8083) + path);
  }
}

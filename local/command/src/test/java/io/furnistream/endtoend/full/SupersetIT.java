package io.furnistream.endtoend.full;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.furnistream.endtoend.full.SupersetClient.Answer;
import io.furnistream.endtoend.stack.FullStack;
import io.furnistream.endtoend.stack.OddMachine;
import io.furnistream.endtoend.stack.OnFullStack;
import io.furnistream.endtoend.stack.RunningStack;
import io.furnistream.endtoend.stack.StackProcesses;
import io.furnistream.python.PythonTools;
import io.furnistream.stack.state.Home;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Superset in a stack of the profile full: who gets in, what may be done there, and the map. */
@OnFullStack
class SupersetIT {

  private static final String REPORT = "Furnistream report";
  private static final String CLOSED_DAYS = "Furnistream closed days";
  private static final long LARGEST_SUPERSET = 600L * 1000 * 1000;
  private static final int TILE = 256;
  private static final int DEEPEST = 5;

  private final FullStack stack;
  private final String url;

  SupersetIT(FullStack stack) {
    this.stack = stack;
    this.url = "http://127.0.0.1:" + stack.port(8088);
  }

  @Test
  void onlyItsUserGetsIn() throws Exception {
    assertThat(stack.demo().out())
        .contains(url, "SUPERSET_ADMIN_PASSWORD")
        .doesNotContain(stack.secret("SUPERSET_ADMIN_PASSWORD"));
    assertThat(admin().get("/api/v1/me/").json().path("result").path("username").asText())
        .isEqualTo("admin");
    SupersetClient anonymous = SupersetClient.anonymous(url);
    for (String guess : List.of("admin", "general", "")) {
      assertThat(anonymous.signIn("admin", guess).status()).as(guess).isBetween(400, 499);
    }
  }

  @Test
  void theAnonymousSeeNothing() throws Exception {
    SupersetClient anonymous = SupersetClient.anonymous(url);
    for (JsonNode dashboard : dashboards(admin())) {
      String id = dashboard.path("id").asText();
      denied(anonymous.get("/api/v1/dashboard/" + id));
      denied(anonymous.get("/superset/dashboard/" + id + "/"));
    }
    for (int chart : charts(admin())) {
      denied(anonymous.get("/api/v1/chart/" + chart + "/data/"));
    }
    assertThat(dashboards(anonymous)).isEmpty();
    denied(anonymous.get("/api/v1/database/"));
    denied(anonymous.sql(admin().database(REPORT), "SELECT 1"));
  }

  @Test
  void theDashboardsAreThereAndAnotherImportChangesNothing() throws Exception {
    SupersetClient admin = admin();
    Map<String, String> before = everything(admin);
    assertThat(dashboards(admin))
        .extracting(dashboard -> dashboard.path("dashboard_title").asText())
        .containsExactlyInAnyOrder("Daily report", "Store live", "Sales and profit");

    byte[] bundle = Files.readAllBytes(stack.state().resolve("superset/dashboards.zip"));
    Answer imported =
        admin.importAssets(
            bundle, Map.of("databases/report.yaml", stack.secret("REPORT_READER_PASSWORD")));

    assertThat(imported.status()).as(imported.text()).isEqualTo(200);
    assertThat(everything(admin)).isEqualTo(before);
  }

  @Test
  void sqlLabReadsBothDatabases() throws Exception {
    SupersetClient admin = admin();
    Answer report =
        admin.sql(
            admin.database(REPORT),
            "SELECT sum(daily_records) AS n FROM daily_report.daily_pu_rev"
                + " WHERE ts_date BETWEEN '2023-12-24' AND '2023-12-26'");
    Answer closed =
        admin.sql(
            admin.database(CLOSED_DAYS),
            "SELECT count(*) AS n FROM records WHERE ts_date BETWEEN '2023-12-24' AND '2023-12-26'");

    assertThat(report.json().path("data").path(0).path("n").asInt())
        .as(report.text())
        .isEqualTo(150);
    assertThat(closed.json().path("data").path(0).path("n").asInt())
        .as(closed.text())
        .isEqualTo(150);
  }

  @Test
  void sqlLabWritesToNeither() throws Exception {
    SupersetClient admin = admin();
    int report = admin.database(REPORT);
    for (String statement :
        List.of(
            "CREATE TABLE daily_report.mine (n INTEGER)",
            "DELETE FROM daily_report.daily_pu_rev",
            "UPDATE daily_report.store SET zone = 'UTC'",
            "SELECT 1; DROP TABLE daily_report.daily_pu_rev",
            "WITH gone AS (DELETE FROM daily_report.daily_pu_rev RETURNING 1) SELECT * FROM gone",
            "SELECT lo_from_bytea(0, 'x')",
            "SELECT pg_read_file('/etc/passwd')",
            "COPY daily_report.store TO PROGRAM 'true'")) {
      refused(admin.sql(report, statement), statement);
    }
    int closed = admin.database(CLOSED_DAYS);
    String inside = stack.state().resolve("export/records/new.parquet").toString();
    for (String statement :
        List.of(
            "COPY (SELECT 1) TO '" + inside + "'",
            "ATTACH '" + inside + "'",
            "CREATE TABLE mine (n INTEGER)",
            "DROP VIEW records",
            "SET lock_configuration = false",
            "SET allowed_directories = ['/']",
            "INSTALL httpfs")) {
      refused(admin.sql(closed, statement), statement);
    }
    // Airflow's runs of the tests before may still close days meanwhile.
    assertThat(exported()).noneMatch(file -> file.toString().contains("new.parquet"));
  }

  @Test
  void duckDbReadsOnlyBelowTheExportFolder() throws Exception {
    SupersetClient admin = admin();
    int closed = admin.database(CLOSED_DAYS);
    Path state = stack.state();
    Answer inside =
        admin.sql(
            closed,
            "SELECT count(*) AS n FROM read_parquet('%s/export/records/*.parquet')"
                .formatted(state));
    assertThat(inside.json().path("data").path(0).path("n").asInt()).as(inside.text()).isPositive();
    for (String file :
        List.of(
            state.resolve("secrets.env").toString(),
            state + "/export/../secrets.env",
            "/etc/passwd",
            "https://example.com/a.csv")) {
      for (String reader : List.of("read_text", "read_csv", "glob")) {
        Answer answer = admin.sql(closed, "SELECT * FROM %s('%s')".formatted(reader, file));
        refused(answer, file);
        assertThat(stack.secrets().values()).noneMatch(answer.text()::contains);
      }
    }
  }

  @Test
  void eachRoleEntersItsOwnDatabaseAndTheReaderSeesOnlyTheReport() throws Exception {
    for (String other : List.of("furnistream", "registry", "airflow", "postgres")) {
      assertThatThrownBy(() -> stack.postgres(other, "superset", "SUPERSET_DATABASE_PASSWORD"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("permission denied");
    }
    for (String other : List.of("superset", "registry", "airflow", "postgres")) {
      assertThatThrownBy(() -> stack.postgres(other, "report_reader", "REPORT_READER_PASSWORD"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("permission denied");
    }
    try (Connection reader =
            stack.postgres("furnistream", "report_reader", "REPORT_READER_PASSWORD");
        Statement statement = reader.createStatement();
        ResultSet schemas =
            statement.executeQuery(
                "SELECT string_agg(DISTINCT nspname, ', ') FROM pg_class JOIN pg_namespace n"
                    + " ON n.oid = relnamespace WHERE relkind IN ('r', 'v', 'm', 'p', 'f')"
                    + " AND nspname NOT IN ('pg_catalog', 'information_schema')"
                    + " AND has_schema_privilege(n.oid, 'USAGE')"
                    + " AND has_table_privilege(pg_class.oid, 'SELECT')")) {
      schemas.next();
      assertThat(schemas.getString(1)).isEqualTo("daily_report");
    }
  }

  @Test
  void everyTileIsThereAndIsAPicture() throws Exception {
    SupersetClient anonymous = SupersetClient.anonymous(url);
    Set<Integer> colours = new TreeSet<>();
    for (int zoom = 0; zoom <= DEEPEST + 2; zoom++) {
      int last = (1 << zoom) - 1;
      // Kansas, which is land at every zoom; and the corner of the world, which is water.
      for (int[] tile : new int[][] {{last * 82 / 360, last * 39 / 100}, {last, 0}}) {
        Answer answer = anonymous.get("/basemap/%d/%d/%d.png".formatted(zoom, tile[0], tile[1]));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.response().headers().firstValue("Cache-Control").orElseThrow())
            .contains("max-age");
        var picture = ImageIO.read(new ByteArrayInputStream(answer.response().body()));
        assertThat(picture.getWidth()).isEqualTo(TILE);
        assertThat(picture.getHeight()).isEqualTo(TILE);
        colours.add(picture.getRGB(TILE / 2, TILE / 2));
      }
    }
    assertThat(colours).as("land and water").hasSizeGreaterThan(1);
    Path folder =
        Path.of(
            OddMachine.environment(stack.process("superset")).get("FURNISTREAM_BASE_MAP_TILES"));
    try (Stream<Path> tiles = Files.walk(folder)) {
      assertThat(tiles.filter(file -> file.toString().endsWith(".png")).count())
          .as("1 + 4 + ... + 4^5")
          .isEqualTo(1365);
    }
    for (String outside :
        List.of("5/32/0", "0/0/1", "23/0/0", "13/0/0", "-1/0/0", "5/0/%2e%2e", "0/0/..%2f0")) {
      assertThat(anonymous.get("/basemap/" + outside + ".png").status()).as(outside).isEqualTo(404);
    }
  }

  @Test
  void noPageMayAskAnotherHost() throws Exception {
    SupersetClient anonymous = SupersetClient.anonymous(url);
    String policy =
        anonymous
            .get("/login/")
            .response()
            .headers()
            .firstValue("Content-Security-Policy")
            .orElseThrow();
    Set<String> sources =
        Arrays.stream(policy.split(";"))
            .flatMap(directive -> Arrays.stream(directive.strip().split(" ")).skip(1))
            .filter(source -> !source.startsWith("'nonce-"))
            .collect(Collectors.toSet());
    assertThat(sources)
        .isSubsetOf("'self'", "'none'", "blob:", "data:", "'unsafe-inline'", "'strict-dynamic'");
    assertThat(policy).contains("default-src 'self'", "connect-src 'self'", "img-src 'self'");
  }

  @Test
  void theDashboardsOwnTestsPassOnThisStack() throws Exception {
    stack.pytest(PythonTools.inSuperset(), "tests/browser");
  }

  @Test
  void thePublicLinkShowsTheDashboardsAndNothingElse() throws Exception {
    SupersetClient anonymous = SupersetClient.anonymous(url);
    prepare(Map.of("FURNISTREAM_PUBLIC_LINK", "on"));
    assertThat(dashboards(anonymous)).hasSize(3);
    for (JsonNode dashboard : dashboards(anonymous)) {
      String id = dashboard.path("id").asText();
      assertThat(anonymous.get("/superset/dashboard/" + id + "/").status()).isEqualTo(200);
      assertThat(anonymous.get("/api/v1/dashboard/" + id + "/charts").status()).isEqualTo(200);
      denied(anonymous.delete("/api/v1/dashboard/" + id));
    }
    for (int chart : charts(admin())) {
      assertThat(anonymous.get("/api/v1/chart/" + chart + "/data/").status()).isEqualTo(200);
      denied(anonymous.delete("/api/v1/chart/" + chart));
    }
    for (String closed : List.of("/api/v1/database/", "/api/v1/security/users/", "/api/v1/log/")) {
      denied(anonymous.get(closed));
    }
    denied(anonymous.sql(admin().database(REPORT), "SELECT 1"));
    assertThat(dashboards(admin())).as("nothing was deleted").hasSize(3);

    prepare(Map.of());
    theAnonymousSeeNothing();
  }

  @Test
  void aReaderWithANameSeesTheDashboardsAndOwnsNothing() throws Exception {
    SupersetClient admin = admin();
    ObjectNode user =
        JsonNodeFactory.instance
            .objectNode()
            .put("username", "reader")
            .put("first_name", "A")
            .put("last_name", "Reader")
            .put("email", "reader@localhost")
            .put("active", true)
            .put("password", "read-and-nothing-else");
    for (JsonNode role :
        admin.get("/api/v1/security/roles/?q=(page_size:100)").json().path("result")) {
      if (Set.of("Gamma", "Report reader").contains(role.path("name").asText())) {
        user.withArray("roles").add(role.path("id").asInt());
      }
    }
    assertThat(user.withArray("roles")).hasSize(2);
    Answer made = admin.post("/api/v1/security/users/", user);
    assertThat(made.status()).as(made.text()).isEqualTo(201);

    SupersetClient reader = SupersetClient.signedIn(url, "reader", "read-and-nothing-else");
    assertThat(dashboards(reader)).hasSize(3);
    for (int chart : charts(admin)) {
      assertThat(reader.get("/api/v1/chart/" + chart + "/data/").status()).isEqualTo(200);
    }
    for (JsonNode dashboard : dashboards(reader)) {
      denied(reader.delete("/api/v1/dashboard/" + dashboard.path("id").asText()));
    }
    denied(reader.get("/api/v1/security/users/"));
    denied(reader.get("/api/v1/database/%d/connection".formatted(admin.database(REPORT))));
    denied(reader.sql(admin.database(REPORT), "SELECT 1"));
  }

  @Test
  void supersetKeepsWithinItsMemory() throws Exception {
    long pss = StackProcesses.proportionalSetSize(stack.process("superset"));
    System.out.printf("superset: %d MB PSS%n", pss / 1_000_000);
    assertThat(pss).isBetween(LARGEST_SUPERSET / 10, LARGEST_SUPERSET);
  }

  @Test
  void theViewsOfNoClosedDayAreAsThoseOfMany() throws Exception {
    stack.pytest(PythonTools.ofSuperset(), "tests/stack/test_columns.py");
  }

  private SupersetClient admin() throws Exception {
    return SupersetClient.signedIn(url, "admin", stack.secret("SUPERSET_ADMIN_PASSWORD"));
  }

  private static List<JsonNode> dashboards(SupersetClient client) throws Exception {
    Answer answer = client.get("/api/v1/dashboard/");
    return answer.json().path("result").findParents("dashboard_title");
  }

  private static List<Integer> charts(SupersetClient client) throws Exception {
    List<Integer> charts = new ArrayList<>();
    for (JsonNode id : client.get("/api/v1/chart/?q=(page_size:100)").json().path("ids")) {
      charts.add(id.asInt());
    }
    assertThat(charts).isNotEmpty();
    return charts;
  }

  /**
   * Databases, datasets, charts and dashboards, each as it is without the time of its last change.
   */
  private static Map<String, String> everything(SupersetClient admin) throws Exception {
    Map<String, String> all = new TreeMap<>();
    for (String kind : List.of("database", "dataset", "chart", "dashboard")) {
      JsonNode ids = admin.get("/api/v1/%s/?q=(page_size:100)".formatted(kind)).json().path("ids");
      for (JsonNode id : ids) {
        String name = "/api/v1/" + kind + "/" + id.asText();
        ObjectNode asset = (ObjectNode) admin.get(name).json().path("result");
        sortCharts(asset);
        all.put(
            name,
            asset.toString().replaceAll("\"(changed|created)_on[^\"]*\":(\"[^\"]*\"|null),?", ""));
      }
    }
    assertThat(all).hasSizeGreaterThan(10);
    return all;
  }

  /** A dashboard states its charts in no order. */
  private static void sortCharts(ObjectNode asset) {
    if (asset.has("charts")) {
      Set<String> names = new TreeSet<>();
      asset.path("charts").forEach(chart -> names.add(chart.asText()));
      asset.put("charts", String.join(", ", names));
    }
  }

  private static void refused(Answer answer, String what) {
    assertThat(answer.status()).as(what + ": " + answer.text()).isBetween(400, 599);
    assertThat(answer.json().path("data").isMissingNode()).as(what).isTrue();
  }

  /** A page sends to the sign-in, the API answers with an error. */
  private static void denied(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isIn(302, 400, 401, 403, 404);
    String to = answer.response().headers().firstValue("Location").orElse("/login/");
    assertThat(to).startsWith("/login/");
  }

  private Set<Path> exported() throws Exception {
    try (Stream<Path> files = Files.walk(stack.state().resolve("export"))) {
      return files.collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** Makes the metadata ready again, as a start with these settings would. */
  private void prepare(Map<String, String> settings) throws Exception {
    Map<String, String> all = new TreeMap<>(settings);
    all.put("SUPERSET_ADMIN_PASSWORD", stack.secret("SUPERSET_ADMIN_PASSWORD"));
    all.put("REPORT_READER_PASSWORD", stack.secret("REPORT_READER_PASSWORD"));
    all.put("FURNISTREAM_DASHBOARDS", stack.state().resolve("superset/dashboards.zip").toString());
    python(all, "furnistream_superset.prepare");
  }

  /** Runs a module in Superset's own environment, with what its running server was given. */
  private void python(Map<String, String> settings, String... module) throws Exception {
    ProcessHandle server = stack.process("superset");
    List<String> command =
        Stream.concat(
                Stream.of(StackProcesses.read(server, "cmdline").split("\0", 2)[0], "-m"),
                Stream.of(module))
            .toList();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(Home.fromSystemProperty().superset().toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(OddMachine.environment(server));
    builder.environment().putAll(settings);
    Path output = Files.createTempFile("furnistream-", ".out");
    Process process = builder.redirectOutput(output.toFile()).start();
    boolean ended = process.waitFor(RunningStack.LIMIT.toSeconds(), TimeUnit.SECONDS);
    process.destroyForcibly();
    String printed = Files.readString(output, StandardCharsets.UTF_8);
    Files.delete(output);
    assertThat(ended && process.exitValue() == 0).as(printed).isTrue();
  }
}

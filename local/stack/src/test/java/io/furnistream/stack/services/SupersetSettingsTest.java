package io.furnistream.stack.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.stack.process.ProcessSpec;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.Secrets;
import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Superset is started with, and when its metadata is made ready again. */
class SupersetSettingsTest {

  /** From the module's folder, where Maven runs tests. */
  private static final Path CHECKOUT = Path.of("../..");

  private static final String ZONE = "Europe/Berlin";

  @TempDir private Path root;
  private Path superset;
  private StateFolder state;
  private Secrets secrets;
  private SupersetSettings settings;

  @BeforeEach
  void settings() throws IOException {
    Path checkout = root.resolve("checkout");
    superset = checkout.resolve("superset");
    copy("superset/assets");
    for (String file :
        List.of(
            "superset/requirements.txt",
            "superset/base_map/requirements.txt",
            "superset/base_map/draw.py",
            "superset/superset_config.py",
            "superset/furnistream_superset/prepare.py",
            "datagen/src/main/resources/store/furniture.yaml")) {
      copy(file);
    }
    state = new StateFolder(root.resolve("state"));
    state.create();
    secrets = Secrets.read(state.secrets());
    secrets.ensurePassword(ReportDatabase.ADMIN_PASSWORD);
    settings = at(10_000);
  }

  private SupersetSettings at(int offset) {
    return at(offset, Map.of());
  }

  private SupersetSettings at(int offset, Map<String, String> variables) {
    return new SupersetSettings(
        new Home(root.resolve("checkout")), state, new Ports(offset), secrets, variables);
  }

  private void copy(String from) throws IOException {
    try (Stream<Path> files = Files.walk(CHECKOUT.resolve(from))) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        Path to = root.resolve("checkout").resolve(CHECKOUT.relativize(file));
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
  }

  @Test
  void secretsAreInTheEnvironmentAndInNoArgument() throws Exception {
    ProcessSpec server = settings.server(ZONE);
    ProcessSpec preparation = settings.preparation(ZONE);

    for (String name : List.of(SupersetSettings.DATABASE_PASSWORD, SupersetSettings.SECRET_KEY)) {
      assertThat(server.environment().values()).as(name).anyMatch(contains(name));
    }
    for (String name :
        List.of(
            SupersetSettings.DATABASE_PASSWORD,
            SupersetSettings.SECRET_KEY,
            SupersetSettings.ADMIN_PASSWORD,
            ReportDatabase.READER_PASSWORD)) {
      assertThat(preparation.environment().values()).as(name).anyMatch(contains(name));
      assertThat(preparation.command()).as(name).noneMatch(contains(name));
      assertThat(server.command()).as(name).noneMatch(contains(name));
    }
    for (String name :
        List.of(
            SupersetSettings.ADMIN_PASSWORD,
            ReportDatabase.READER_PASSWORD,
            ReportDatabase.ADMIN_PASSWORD)) {
      assertThat(server.environment().values()).as(name).noneMatch(contains(name));
    }
  }

  private Predicate<String> contains(String name) {
    return text -> text.contains(secrets.get(name));
  }

  @Test
  void everythingIsOnThisMachineAndMovesWithTheOffset() throws Exception {
    ProcessSpec server = settings.server(ZONE);
    Map<String, String> environment = server.environment();

    assertThat(server.command()).containsSubsequence("--bind", "127.0.0.1:18088");
    assertThat(environment.get("SUPERSET__SQLALCHEMY_DATABASE_URI"))
        .endsWith("@127.0.0.1:15432/superset");
    assertThat(environment)
        .containsEntry("FURNISTREAM_EXPORT_DIR", root.resolve("state/export").toString())
        .containsEntry("FURNISTREAM_STORE_ZONE", ZONE)
        .containsEntry("SUPERSET_HOME", root.resolve("state/superset").toString());
    assertThat(settings.access().url()).isEqualTo("http://127.0.0.1:18088");
    assertThat(settings.access().toString())
        .doesNotContain(secrets.get(SupersetSettings.ADMIN_PASSWORD));
  }

  @Test
  void onlyItsOwnerEntersItsFolder() throws Exception {
    settings.layOut();
    settings.layOut();

    Path folder = root.resolve("state/superset");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(folder.resolve("dashboards.zip")).isNotEmptyFile();
  }

  @Test
  void itIsPreparedAgainWhenSomethingOfItHasChanged() throws Exception {
    String before = settings.fingerprint();
    assertThat(at(10_000).fingerprint()).isEqualTo(before);
    assertThat(at(10_001).fingerprint()).as("PostgreSQL is elsewhere").isNotEqualTo(before);

    append("furnistream_superset/prepare.py");
    String afterCode = settings.fingerprint();
    assertThat(afterCode).isNotEqualTo(before);

    append("assets/dashboards/daily_report.yaml");
    assertThat(settings.fingerprint()).as("a comment in a dashboard").isEqualTo(afterCode);
    Path dashboard = superset.resolve("assets/dashboards/daily_report.yaml");
    Files.writeString(
        dashboard, Files.readString(dashboard).replace("Daily report", "Report of the day"));
    assertThat(settings.fingerprint()).isNotEqualTo(afterCode);

    secrets = Secrets.read(state.secrets());
    assertThat(at(10_000).fingerprint()).isNotIn(before, settings.fingerprint());
  }

  @Test
  void theStoresCurrencyIsTheVariables() throws Exception {
    SupersetSettings yen = at(10_000, Map.of("FURNISTREAM_STORE_CURRENCY", "JPY"));

    assertThat(settings.server(ZONE).environment())
        .containsEntry("FURNISTREAM_STORE_CURRENCY", "USD");
    assertThat(yen.server(ZONE).environment()).containsEntry("FURNISTREAM_STORE_CURRENCY", "JPY");
    assertThat(yen.preparation(ZONE).environment())
        .containsEntry("FURNISTREAM_STORE_CURRENCY", "JPY");
    assertThat(yen.fingerprint()).as("it has no cents").isNotEqualTo(settings.fingerprint());
  }

  @Test
  void anotherDrawingIsAnotherMap() throws Exception {
    String before = settings.server(ZONE).environment().get("FURNISTREAM_BASE_MAP_TILES");

    append("base_map/draw.py");

    assertThat(at(10_000).server(ZONE).environment().get("FURNISTREAM_BASE_MAP_TILES"))
        .isNotEqualTo(before)
        .startsWith(root.resolve("checkout/local/target/base-map").toString());
  }

  private void append(String file) throws IOException {
    Path path = superset.resolve(file);
    Files.writeString(path, Files.readString(path) + "\n# changed\n");
  }
}

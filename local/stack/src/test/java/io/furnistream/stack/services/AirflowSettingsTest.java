package io.furnistream.stack.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.cli.Endpoints;
import io.furnistream.cli.StoreName;
import io.furnistream.cli.StoreZone;
import io.furnistream.stack.process.ProcessSpec;
import io.furnistream.stack.python.PythonEnvironment;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.Secrets;
import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Airflow's components are started with. */
class AirflowSettingsTest {

  private static final Endpoints ENDPOINTS =
      new Endpoints(
          "kafka:1",
          "http://registry",
          "http://connect",
          "cassandra:2",
          "dc",
          "jdbc:postgresql://reports/x",
          "reader",
          "the reader's password",
          "the key of the names");

  @TempDir private Path root;
  private Secrets secrets;
  private AirflowSettings settings;

  @BeforeEach
  void layOut() throws IOException {
    Path checkout = root.resolve("checkout");
    Files.createDirectories(checkout.resolve("airflow"));
    Files.createDirectories(checkout.resolve("replay/gazetteer"));
    Files.writeString(checkout.resolve("replay/gazetteer/requirements.txt"), "# nothing\n");
    Files.writeString(checkout.resolve("airflow/requirements.txt"), "# nothing\n");
    StateFolder state = new StateFolder(root.resolve("state"));
    state.create();
    secrets = Secrets.read(state.secrets());
    settings = settings();
  }

  private AirflowSettings settings() {
    return new AirflowSettings(
        new Home(root.resolve("checkout")),
        new StateFolder(root.resolve("state")),
        new Ports(10_000),
        secrets,
        ENDPOINTS);
  }

  @Test
  void secretsAreInTheEnvironmentAndInNoArgument() throws Exception {
    ProcessSpec spec = settings.commandWithJobs(List.of("scheduler"));

    Map<String, String> environment = spec.environment();
    for (String name :
        List.of(
            AirflowSettings.DATABASE_PASSWORD,
            AirflowSettings.FERNET_KEY,
            AirflowSettings.JWT_SECRET,
            AirflowSettings.API_SECRET_KEY)) {
      assertThat(environment.values()).as(name).anyMatch(v -> v.contains(secrets.get(name)));
      assertThat(spec.command()).as(name).noneMatch(v -> v.contains(secrets.get(name)));
    }
    assertThat(environment.values())
        .as("tasks need no password of Airflow's user")
        .noneMatch(v -> v.contains(secrets.get(AirflowSettings.ADMIN_PASSWORD)));
    assertThat(Base64.getUrlDecoder().decode(secrets.get(AirflowSettings.FERNET_KEY))).hasSize(32);
  }

  @Test
  void everythingIsOnThisMachineAndMovesWithTheOffset() throws Exception {
    assertThat(settings.command(List.of("api-server")).environment())
        .containsEntry("AIRFLOW__API__HOST", "127.0.0.1")
        .containsEntry("AIRFLOW__API__PORT", "18080")
        .containsEntry("AIRFLOW__API__BASE_URL", "http://127.0.0.1:18080")
        .containsEntry(
            "AIRFLOW__CORE__EXECUTION_API_SERVER_URL", "http://127.0.0.1:18080/execution/")
        .hasEntrySatisfying(
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN",
            url -> assertThat(url).endsWith("@127.0.0.1:15432/airflow"));
  }

  @Test
  void tasksKnowWhereTheStackAnswersAndWhatToRun() throws Exception {
    Map<String, String> environment = settings.commandWithJobs(List.of("scheduler")).environment();

    assertThat(Endpoints.fromEnvironment(environment))
        .usingRecursiveComparison()
        .ignoringFields("pseudonymKey")
        .isEqualTo(ENDPOINTS);
    assertThat(environment)
        .as("no job that Airflow runs works out the tokens of names")
        .doesNotContainKey(Endpoints.PSEUDONYM_KEY)
        .containsEntry(
            "FURNISTREAM_JOBS_JAR",
            root.resolve("checkout/jobs/target/jobs/furnistream-jobs.jar").toString())
        .containsEntry("FURNISTREAM_STORE", StoreName.fromEnvironment(System.getenv()))
        .containsEntry(
            "FURNISTREAM_STORE_ZONE", StoreZone.fromEnvironment(System.getenv()).getId());
    assertThat(Path.of(environment.get("FURNISTREAM_JAVA"))).isExecutable();
    assertThat(settings.command(List.of("api-server")).environment())
        .as("what runs no job needs no password for it")
        .doesNotContainKey(Endpoints.POSTGRES_PASSWORD);
  }

  /** No file is fetched here: what an installation leaves is laid out by hand. */
  @Test
  void tasksKnowWhereCitiesAreOnceThatWasFetched() throws Exception {
    assertThat(settings.commandWithJobs(List.of("scheduler")).environment())
        .doesNotContainKey("FURNISTREAM_GAZETTEER");

    PythonEnvironment environment =
        PythonEnvironment.of(
            "gazetteer",
            List.of(root.resolve("checkout/replay/gazetteer/requirements.txt")),
            root.resolve("checkout/local/target/python"));
    Path folder = root.resolve("checkout/local/target/python").resolve(environment.key());
    Files.createDirectories(folder.resolve("lib/python3/site-packages"));
    Files.createFile(folder.resolve("installed"));

    assertThat(settings().commandWithJobs(List.of("scheduler")).environment())
        .containsEntry(
            "FURNISTREAM_GAZETTEER", folder.resolve("lib/python3/site-packages").toString());
  }

  @Test
  void onlyItsOwnerEntersAirflowsFolderAndReadsThePassword() throws Exception {
    settings.layOut();
    settings.layOut();

    Path folder = root.resolve("state/airflow");
    Path inbox = root.resolve("state/inbox");
    for (Path own : List.of(folder, inbox)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
          .isEqualTo("rwx------");
    }
    assertThat(settings.command(List.of("dag-processor")).environment())
        .as("the form lists what is in it")
        .containsEntry("FURNISTREAM_INBOX", inbox.toString());
    Path passwords = folder.resolve("passwords.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(passwords)))
        .isEqualTo("rw-------");
    assertThat(passwords)
        .content()
        .isEqualToIgnoringNewLines(
            "{\"admin\":\"%s\"}".formatted(secrets.get(AirflowSettings.ADMIN_PASSWORD)));
  }
}

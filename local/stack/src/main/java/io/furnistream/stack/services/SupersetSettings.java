package io.furnistream.stack.services;

import io.furnistream.cli.Endpoints;
import io.furnistream.cli.StoreCurrency;
import io.furnistream.cli.StoreZone;
import io.furnistream.stack.process.ProcessSpec;
import io.furnistream.stack.python.Python;
import io.furnistream.stack.python.PythonEnvironment;
import io.furnistream.stack.state.Fingerprint;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.Secrets;
import io.furnistream.stack.state.StateFolder;
import io.furnistream.superset.Bundle;
import io.furnistream.superset.BundleSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Where Superset is installed, its home folder, and its settings, which are only environment
 * variables, so that no secret is on a command line or in a file that others may read.
 */
final class SupersetSettings {

  static final String DATABASE = "superset";
  static final String DATABASE_USER = "superset";

  /** Opens Superset's pages and its REST API to the user admin. */
  static final String ADMIN_PASSWORD = "SUPERSET_ADMIN_PASSWORD";

  static final String DATABASE_PASSWORD = "SUPERSET_DATABASE_PASSWORD";
  static final String SECRET_KEY = "SUPERSET_SECRET_KEY";

  /** Who signs in with {@link #ADMIN_PASSWORD}. */
  static final String ADMIN = "admin";

  private static final int PORT = 8088;

  /** Lets anonymous users see the dashboards, when it is {@code on}. */
  static final String PUBLIC_LINK = "FURNISTREAM_PUBLIC_LINK";

  /** One thread waits for one answer of a database; a dashboard asks for about twelve at once. */
  private static final int THREADS = 12;

  private static final int SECRET_KEY_BYTES = 64;
  private static final int REQUEST_SECONDS = 60;
  private static final int LAST_REQUESTS_SECONDS = 3;

  private final Home home;
  private final StateFolder state;
  private final Ports ports;
  private final Secrets secrets;
  private final Map<String, String> variables;
  private final Path folder;
  private PythonEnvironment installation;
  private Path tiles;

  /**
   * @param variables the environment that the store's currency and the public link are set in
   */
  SupersetSettings(
      Home home, StateFolder state, Ports ports, Secrets secrets, Map<String, String> variables) {
    this.home = home;
    this.state = state;
    this.ports = ports;
    this.secrets = secrets;
    this.variables = variables;
    this.folder = state.data(SupersetService.NAME);
    secrets.ensurePassword(ADMIN_PASSWORD);
    secrets.ensurePassword(DATABASE_PASSWORD);
    secrets.ensurePassword(ReportDatabase.READER_PASSWORD);
    secrets.ensureKey(SECRET_KEY, SECRET_KEY_BYTES);
  }

  /** Installs Superset and draws its base map, unless that was done. */
  static void install(Home home, Consumer<String> progress)
      throws IOException, InterruptedException {
    PythonEnvironment installation = installation(home);
    installation.ensure(progress);
    BaseMapTiles.of(home, installation).ensure(progress);
  }

  /**
   * Where Superset is installed. Looked for once: a checkout that changes under a running stack
   * changes nothing for what is started again.
   */
  synchronized PythonEnvironment installation() throws IOException, InterruptedException {
    if (installation == null) {
      installation = installation(home);
    }
    return installation;
  }

  /** Where its map is. Looked for once, as the installation is. */
  private synchronized Path tiles() throws IOException, InterruptedException {
    if (tiles == null) {
      tiles = BaseMapTiles.of(home, installation()).folder();
    }
    return tiles;
  }

  private static PythonEnvironment installation(Home home)
      throws IOException, InterruptedException {
    return PythonEnvironment.of(
        "superset",
        List.of(
            home.superset().resolve("requirements.txt"),
            home.superset().resolve("base_map/requirements.txt")),
        home.pythonEnvironments());
  }

  /**
   * The web server, in a session of its own.
   *
   * @param storeZone IANA name of the zone in which it reads "today" and "last week"
   */
  ProcessSpec server(String storeZone) throws IOException, InterruptedException {
    return command(
        List.of(
            "gunicorn",
            "--bind",
            Ports.address(port()),
            // One process: its memory is the cache, and a second would cost 300 MB.
            "--workers",
            "1",
            "--worker-class",
            "gthread",
            "--threads",
            Integer.toString(THREADS),
            "--timeout",
            Integer.toString(REQUEST_SECONDS),
            "--graceful-timeout",
            Integer.toString(LAST_REQUESTS_SECONDS),
            // It would be in the user's home, one for all stacks.
            "--no-control-socket",
            "superset.app:create_app()"),
        environment(storeZone));
  }

  /**
   * Prepares the metadata database and imports the dashboards, then ends.
   *
   * @param storeZone as for {@link #server}
   */
  ProcessSpec preparation(String storeZone) throws IOException, InterruptedException {
    Map<String, String> all = environment(storeZone);
    all.put(ADMIN_PASSWORD, secrets.get(ADMIN_PASSWORD));
    all.put(ReportDatabase.READER_PASSWORD, secrets.get(ReportDatabase.READER_PASSWORD));
    all.put("FURNISTREAM_DASHBOARDS", bundle().toString());
    return command(List.of("furnistream_superset.prepare"), all);
  }

  /** Makes its home folder, which only its owner may enter, with the dashboards to import. */
  void layOut() throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    Files.write(bundle(), dashboards());
  }

  /** Changes with everything that the preparation leaves in the metadata database. */
  String fingerprint() throws IOException, InterruptedException {
    Fingerprint all =
        new Fingerprint()
            .of(installation().key())
            .of(dashboards())
            .of(variables.getOrDefault(PUBLIC_LINK, ""));
    for (String secret : List.of(SECRET_KEY, ADMIN_PASSWORD, ReportDatabase.READER_PASSWORD)) {
      all.of(secrets.get(secret));
    }
    all.ofPython(home.superset().resolve("furnistream_superset"));
    return all.of(configuration()).text();
  }

  WebAccess access() {
    return new WebAccess(url(), ADMIN, secrets.get(ADMIN_PASSWORD));
  }

  int port() {
    return ports.at(PORT);
  }

  String url() {
    return "http://" + Ports.address(port());
  }

  private byte[] dashboards() {
    return Bundle.build(
        home.superset().resolve("assets"),
        BundleSettings.ofStack(PostgresService.address(ports), currency()));
  }

  /** Read when it is needed: a wrong one must not keep a stack from being stopped. */
  private Currency currency() {
    return StoreCurrency.fromEnvironment(variables);
  }

  private Path bundle() {
    return folder.resolve("dashboards.zip");
  }

  private Path configuration() {
    return home.superset().resolve("superset_config.py");
  }

  private ProcessSpec command(List<String> module, Map<String, String> environment)
      throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(
                Stream.of("setsid", installation().python().toString(), "-m"), module.stream())
            .toList();
    return new ProcessSpec(command, environment, folder);
  }

  private Map<String, String> environment(String storeZone)
      throws IOException, InterruptedException {
    Map<String, String> all = new LinkedHashMap<>(Python.environment());
    all.put("PYTHONPATH", home.superset().toString());
    all.put("SUPERSET_CONFIG_PATH", configuration().toString());
    all.put("SUPERSET_HOME", folder.toString());
    all.put("SUPERSET_SECRET_KEY", secrets.get(SECRET_KEY));
    all.put(
        "SUPERSET__SQLALCHEMY_DATABASE_URI",
        "postgresql+psycopg2://%s:%s@%s/%s"
            .formatted(
                DATABASE_USER,
                secrets.get(DATABASE_PASSWORD),
                PostgresService.address(ports),
                DATABASE));
    all.put(StoreZone.VARIABLE, storeZone);
    all.put(StoreCurrency.VARIABLE, currency().getCurrencyCode());
    all.put(Endpoints.EXPORT_DIR, state.exportFolder().toString());
    all.put("FURNISTREAM_BASE_MAP_TILES", tiles().toString());
    return all;
  }
}

package io.furnistream.stack.services;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.cli.Endpoints;
import io.furnistream.cli.StoreName;
import io.furnistream.cli.StoreZone;
import io.furnistream.stack.process.Jvm;
import io.furnistream.stack.process.ProcessSpec;
import io.furnistream.stack.python.GazetteerFiles;
import io.furnistream.stack.python.Python;
import io.furnistream.stack.python.PythonEnvironment;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.Secrets;
import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What all components of Airflow share: where it is installed, its home folder, and its settings,
 * which are only environment variables, so that no secret is on a command line or in a file that
 * others may read.
 */
final class AirflowSettings {

  /** Its folder in the state folder; holds Airflow's own files and the logs of tasks. */
  static final String FOLDER = "airflow";

  static final String DATABASE = "airflow";
  static final String DATABASE_USER = "airflow";

  /** Opens Airflow's pages and its REST API to the user admin. */
  static final String ADMIN_PASSWORD = "AIRFLOW_ADMIN_PASSWORD";

  static final String DATABASE_PASSWORD = "AIRFLOW_DATABASE_PASSWORD";
  static final String FERNET_KEY = "AIRFLOW_FERNET_KEY";
  static final String JWT_SECRET = "AIRFLOW_JWT_SECRET";
  static final String API_SECRET_KEY = "AIRFLOW_API_SECRET_KEY";

  /** Who signs in with {@link #ADMIN_PASSWORD}. */
  static final String ADMIN = "admin";

  /**
   * Names the folder of {@link StateFolder#inbox}; the DAG file lists it, and its tasks read it.
   */
  static final String INBOX = "FURNISTREAM_INBOX";

  private static final int PORT = 8080;
  private static final int WORKER_LOG_PORT = 8793;

  /** The key length for HMAC-SHA-512. */
  private static final int SIGNING_KEY_BYTES = 64;

  private static final int FERNET_KEY_BYTES = 32;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Home home;
  private final StateFolder state;
  private final Ports ports;
  private final Secrets secrets;
  private final Endpoints endpoints;
  private final Path folder;
  private PythonEnvironment installation;
  private Optional<Path> gazetteer;

  AirflowSettings(Home home, StateFolder state, Ports ports, Secrets secrets, Endpoints endpoints) {
    this.home = home;
    this.state = state;
    this.ports = ports;
    this.secrets = secrets;
    this.endpoints = endpoints;
    this.folder = state.data(FOLDER);
    secrets.ensurePassword(ADMIN_PASSWORD);
    secrets.ensurePassword(DATABASE_PASSWORD);
    secrets.ensureKey(JWT_SECRET, SIGNING_KEY_BYTES);
    secrets.ensureKey(API_SECRET_KEY, SIGNING_KEY_BYTES);
    secrets.ensurePaddedKey(FERNET_KEY, FERNET_KEY_BYTES);
  }

  /** Installs Airflow unless that was done. */
  static void install(Home home, Consumer<String> progress)
      throws IOException, InterruptedException {
    installation(home).ensure(progress);
  }

  /**
   * Where Airflow is installed. Looked for once: a checkout that changes under a running stack
   * changes nothing for what is started again.
   */
  synchronized PythonEnvironment installation() throws IOException, InterruptedException {
    if (installation == null) {
      installation = installation(home);
    }
    return installation;
  }

  /** Where the gazetteer is. Looked for once, as the installation is. */
  private synchronized Optional<Path> gazetteer() throws IOException, InterruptedException {
    if (gazetteer == null) {
      gazetteer = GazetteerFiles.fetched(home);
    }
    return gazetteer;
  }

  private static PythonEnvironment installation(Home home)
      throws IOException, InterruptedException {
    return PythonEnvironment.of(
        "airflow", List.of(home.airflow().resolve("requirements.txt")), home.pythonEnvironments());
  }

  /** An {@code airflow} command, in a session of its own. */
  ProcessSpec command(List<String> arguments) throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(
                Stream.of("setsid", installation().python().toString(), "-m", "airflow"),
                arguments.stream())
            .toList();
    return new ProcessSpec(command, environment(), folder);
  }

  /** An {@code airflow} command whose tasks call the jobs. */
  ProcessSpec commandWithJobs(List<String> arguments) throws IOException, InterruptedException {
    ProcessSpec command = command(arguments);
    Map<String, String> all = new LinkedHashMap<>(command.environment());
    all.putAll(jobs());
    gazetteer().ifPresent(found -> all.put(Endpoints.GAZETTEER, found.toString()));
    return new ProcessSpec(command.command(), all, command.directory());
  }

  /**
   * Makes its home folder, with the password of its user, and the inbox; only their owner may enter
   * either.
   */
  void layOut() throws IOException {
    for (Path own : List.of(folder, state.inbox())) {
      Files.createDirectories(own);
      Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwx------"));
    }
    StateFolder.writePrivately(
        passwords(), JSON.writeValueAsString(Map.of(ADMIN, secrets.get(ADMIN_PASSWORD))) + "\n");
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

  private Path passwords() {
    return folder.resolve("passwords.json");
  }

  private Map<String, String> environment() {
    Map<String, String> all = new LinkedHashMap<>(Jvm.ENVIRONMENT);
    all.putAll(Python.environment());
    all.putAll(core());
    all.putAll(pace());
    all.put(INBOX, state.inbox().toString());
    all.put(StoreZone.VARIABLE, StoreZone.fromEnvironment(System.getenv()).getId());
    all.put(StoreName.VARIABLE, StoreName.fromEnvironment(System.getenv()));
    return all;
  }

  private Map<String, String> core() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("AIRFLOW_HOME", folder.toString());
    all.put("AIRFLOW__CORE__DAGS_FOLDER", home.airflow().resolve("dags").toString());
    all.put("AIRFLOW__CORE__PLUGINS_FOLDER", home.airflow().resolve("plugins").toString());
    all.put("AIRFLOW__CORE__LOAD_EXAMPLES", "False");
    all.put("AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION", "False");
    all.put("AIRFLOW__CORE__DEFAULT_TIMEZONE", "utc");
    all.put("AIRFLOW__CORE__EXECUTOR", "LocalExecutor");
    all.put("AIRFLOW__CORE__PARALLELISM", "4");
    all.put("AIRFLOW__CORE__FERNET_KEY", secrets.get(FERNET_KEY));
    all.put("AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS", ADMIN + ":admin");
    all.put("AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE", passwords().toString());
    all.put("AIRFLOW__CORE__EXECUTION_API_SERVER_URL", url() + "/execution/");
    // The default asks the name server, which a laptop may not have.
    all.put("AIRFLOW__CORE__HOSTNAME_CALLABLE", "socket.gethostname");
    all.put(
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN",
        "postgresql+psycopg2://%s:%s@%s/%s"
            .formatted(
                DATABASE_USER,
                secrets.get(DATABASE_PASSWORD),
                PostgresService.address(ports),
                DATABASE));
    all.put("AIRFLOW__API__HOST", Ports.HOST);
    all.put("AIRFLOW__API__PORT", Integer.toString(port()));
    all.put("AIRFLOW__API__BASE_URL", url());
    all.put("AIRFLOW__API__WORKERS", "1");
    all.put("AIRFLOW__API__SECRET_KEY", secrets.get(API_SECRET_KEY));
    all.put("AIRFLOW__API_AUTH__JWT_SECRET", secrets.get(JWT_SECRET));
    // Nothing listens there; another stack's must not be asked.
    all.put(
        "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT", Integer.toString(ports.at(WORKER_LOG_PORT)));
    // Lines for every reading of a DAG file, into a file that nothing cuts.
    all.put(
        "AIRFLOW__LOGGING__NAMESPACE_LEVELS",
        "airflow.dag_processing.dagbag=WARNING,airflow.models.dag=WARNING,"
            + "airflow.serialization.definitions.dag=WARNING");
    all.put("AIRFLOW__LOGGING__COLORED_CONSOLE_LOG", "False");
    return all;
  }

  /** One person at one machine: changes and failures are seen within seconds. */
  private static Map<String, String> pace() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL", "10");
    // The form of replay_csv lists what is in the inbox when its file is read.
    all.put("AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL", "10");
    all.put("AIRFLOW__CORE__MIN_SERIALIZED_DAG_UPDATE_INTERVAL", "5");
    all.put("AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES", "1");
    all.put("AIRFLOW__WORKERS__MIN_HEARTBEAT_INTERVAL", "1");
    // A task whose worker was killed runs again without waiting for five minutes.
    all.put("AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT", "60");
    all.put("AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL", "15");
    return all;
  }

  /** What the tasks need to call the jobs. */
  private Map<String, String> jobs() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put(Endpoints.BOOTSTRAP_SERVERS, endpoints.bootstrapServers());
    all.put(Endpoints.REGISTRY_URL, endpoints.registryUrl());
    all.put(Endpoints.CONNECT_URL, endpoints.connectUrl());
    all.put(Endpoints.CASSANDRA_CONTACT_POINTS, endpoints.cassandraContactPoints());
    all.put(Endpoints.CASSANDRA_DATACENTER, endpoints.cassandraDatacenter());
    all.put(Endpoints.POSTGRES_URL, endpoints.postgresUrl());
    all.put(Endpoints.POSTGRES_USER, endpoints.postgresUser());
    all.put(Endpoints.POSTGRES_PASSWORD, endpoints.postgresPassword());
    all.put(Endpoints.EXPORT_DIR, state.exportFolder().toString());
    all.put(Endpoints.VERIFY_DIR, state.verifyFolder().toString());
    all.put("FURNISTREAM_JAVA", Jvm.executable().toString());
    all.put("FURNISTREAM_JOBS_JAR", home.jobsJar().toString());
    return all;
  }
}

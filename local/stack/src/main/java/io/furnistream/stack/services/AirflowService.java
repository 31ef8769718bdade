package io.furnistream.stack.services;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.stack.process.ProcessSpec;
import io.furnistream.stack.process.ServiceProcesses;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** One component of Airflow: each is a service of its own, so that each is restarted separately. */
final class AirflowService implements Service {

  /** The components that the jobs need. Nothing here defers to a triggerer. */
  enum Component {
    /** The pages, the REST API, and the API that tasks report to. */
    API_SERVER("api-server", "metadatabase"),
    /** Schedules and runs tasks. */
    SCHEDULER("scheduler", "scheduler"),
    /** Reads the DAG files. */
    DAG_PROCESSOR("dag-processor", "dag_processor");

    private final String command;
    private final String health;

    Component(String command, String health) {
      this.command = command;
      this.health = health;
    }

    private String serviceName() {
      return "airflow-" + command;
    }

    /** Task logs are read from their files: the server for them would listen on every address. */
    private List<String> arguments() {
      return this == SCHEDULER ? List.of(command, "--skip-serve-logs") : List.of(command);
    }
  }

  /** The names of all components. */
  static final Set<String> NAMES =
      Arrays.stream(Component.values())
          .map(Component::serviceName)
          .collect(Collectors.toUnmodifiableSet());

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A first start also lays out the database. */
  private static final Duration START_LIMIT = Duration.ofMinutes(4);

  /** The scheduler would wait for its tasks to finish. */
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

  private static final long MEMORY = 480L << 20;

  private final Component component;
  private final Home home;
  private final StateFolder state;
  private final AirflowSettings settings;
  private final AirflowDatabase database;
  private volatile Instant began = Instant.MAX;

  private AirflowService(
      Component component,
      Home home,
      StateFolder state,
      AirflowSettings settings,
      AirflowDatabase database) {
    this.component = component;
    this.home = home;
    this.state = state;
    this.settings = settings;
    this.database = database;
  }

  /** All components, each after the one that it asks. */
  static List<AirflowService> components(
      Home home, StateFolder state, AirflowSettings settings, AirflowDatabase database) {
    return Arrays.stream(Component.values())
        .map(component -> new AirflowService(component, home, state, settings, database))
        .toList();
  }

  @Override
  public String name() {
    return component.serviceName();
  }

  @Override
  public int port() {
    return isApiServer() ? settings.port() : NO_PORT;
  }

  @Override
  public Optional<Link> link() {
    return isApiServer()
        ? Optional.of(Link.of("Airflow", settings.access(), AirflowSettings.ADMIN_PASSWORD))
        : Optional.empty();
  }

  @Override
  public Set<Integer> ports() {
    return isApiServer() ? Set.of(settings.port()) : Set.of();
  }

  /** The others ask the API server, for their tasks' state and for their own. */
  @Override
  public Set<String> startsAfter() {
    return Set.of(isApiServer() ? PostgresService.NAME : Component.API_SERVER.serviceName());
  }

  @Override
  public List<Path> runsFrom() {
    return List.of(home.airflow().resolve("dags"), home.jobsJar());
  }

  @Override
  public long extraMemory() {
    return MEMORY;
  }

  @Override
  public ProcessSpec prepare() throws Exception {
    if (isApiServer()) {
      settings.layOut(); // by one of them alone: they start at once
      database.migrate(settings.installation().key(), ServiceProcesses.mark(state, name()));
    }
    began = Instant.now();
    return component == Component.SCHEDULER
        ? settings.commandWithJobs(component.arguments())
        : settings.command(component.arguments());
  }

  /** A heartbeat of an earlier run still counts as healthy for half a minute. */
  @Override
  public void answers() throws Exception {
    JsonNode all = JSON.readTree(Http.get(settings.url() + "/api/v2/monitor/health"));
    JsonNode health = all.path(component.health);
    if (!health.path("status").asText().equals("healthy")) {
      throw new IOException("%s says of itself: %s".formatted(name(), health));
    }
    String heartbeat = health.path("latest_" + component.health + "_heartbeat").asText();
    if (!isApiServer() && Instant.parse(heartbeat).isBefore(began)) {
      throw new IOException("%s has not reported yet".formatted(name()));
    }
  }

  @Override
  public Duration startLimit() {
    return START_LIMIT;
  }

  /** A task that is cut short is run again after the next start. */
  @Override
  public void stop(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  private boolean isApiServer() {
    return component == Component.API_SERVER;
  }
}

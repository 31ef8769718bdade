package io.furnistream.stack.services;

import io.furnistream.cli.StoreZone;
import io.furnistream.stack.process.ProcessSpec;
import io.furnistream.stack.process.ServiceProcesses;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.StateFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Superset, which shows the store: its pages and its REST API. */
final class SupersetService implements Service {

  static final String NAME = "superset";

  /** A first start also lays out the database. */
  private static final Duration START_LIMIT = Duration.ofMinutes(4);

  /** A server waits for the slowest query that it was asked. */
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

  private static final long MEMORY = 600L << 20;

  private final Home home;
  private final StateFolder state;
  private final SupersetSettings settings;
  private final SupersetDatabase database;

  SupersetService(
      Home home, StateFolder state, SupersetSettings settings, SupersetDatabase database) {
    this.home = home;
    this.state = state;
    this.settings = settings;
    this.database = database;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int port() {
    return settings.port();
  }

  @Override
  public Optional<Link> link() {
    return Optional.of(Link.of("Superset", settings.access(), SupersetSettings.ADMIN_PASSWORD));
  }

  @Override
  public Set<Integer> ports() {
    return Set.of(settings.port());
  }

  @Override
  public Set<String> startsAfter() {
    return Set.of(PostgresService.NAME);
  }

  @Override
  public List<Path> runsFrom() {
    return List.of(
        home.superset().resolve("superset_config.py"), home.superset().resolve("assets"));
  }

  @Override
  public long extraMemory() {
    return MEMORY;
  }

  @Override
  public ProcessSpec prepare() throws Exception {
    settings.layOut();
    String storeZone = StoreZone.fromEnvironment(System.getenv()).getId();
    database.prepare(storeZone, ServiceProcesses.mark(state, NAME));
    return settings.server(storeZone);
  }

  /** Its health says OK as soon as it listens, even when no page can be rendered. */
  @Override
  public void answers() throws Exception {
    Http.get(settings.url() + "/health");
    Http.get(settings.url() + "/login/");
  }

  @Override
  public Duration startLimit() {
    return START_LIMIT;
  }

  @Override
  public void stop(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}

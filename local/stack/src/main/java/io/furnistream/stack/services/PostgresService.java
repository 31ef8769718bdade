package io.furnistream.stack.services;

import io.furnistream.provision.Provisioning;
import io.furnistream.stack.process.ProcessSpec;
import io.furnistream.stack.process.Tool;
import io.furnistream.stack.state.Archives;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.Secrets;
import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL: its process, and what it is given once it answers. */
final class PostgresService implements Service {

  static final String NAME = "postgres";

  private static final Logger LOG = LoggerFactory.getLogger(PostgresService.class);
  static final String REGISTRY_DATABASE = "registry";
  static final String REGISTRY_USER = "registry";
  static final String REGISTRY_PASSWORD = "REGISTRY_DATABASE_PASSWORD";

  private static final int PORT = 5432;
  private static final Duration TOOL_LIMIT = Duration.ofMinutes(1);

  private final Home home;
  private final Ports ports;
  private final Secrets secrets;
  private final PostgresDatabases databases;
  private final ReportDatabase report;
  private final Provisioning provisioning;
  private final Path folder;

  PostgresService(
      Home home,
      StateFolder state,
      Ports ports,
      Secrets secrets,
      PostgresDatabases databases,
      ReportDatabase report,
      Provisioning provisioning) {
    this.home = home;
    this.ports = ports;
    this.secrets = secrets;
    this.databases = databases;
    this.report = report;
    this.provisioning = provisioning;
    this.folder = state.data(NAME);
    secrets.ensurePassword(REGISTRY_PASSWORD);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int port() {
    return ports.at(PORT);
  }

  @Override
  public Set<Integer> ports() {
    return Set.of(ports.at(PORT));
  }

  @Override
  public Optional<Link> link() {
    return Optional.of(new Link("PostgreSQL", report.url() + ", schema daily_report"));
  }

  @Override
  public Set<String> startsAfter() {
    return Set.of();
  }

  @Override
  public List<Path> runsFrom() {
    return List.of(archive());
  }

  @Override
  public List<String> problems() throws IOException {
    return PostgresUser.closedParent(folder)
        .map(
            closed ->
                ("PostgreSQL refuses to run as root and runs as '%s', which may not enter %s. "
                        + "Choose a folder that it can enter with --state, for example"
                        + " --state /var/lib/furnistream, or run furnistream as an ordinary user.")
                    .formatted(PostgresUser.NAME, closed))
        .stream()
        .toList();
  }

  @Override
  public ProcessSpec prepare() throws Exception {
    Files.createDirectories(folder);
    StateFolder.letOthersEnter(folder);
    Archives.unpackOnce(archive(), binaries());
    if (!Files.exists(data())) {
      initialise();
    }
    List<String> command =
        List.of(
            binaries().resolve("bin/postgres").toString(),
            "-D",
            data().toString(),
            "-p",
            Integer.toString(ports.at(PORT)),
            "-c",
            "listen_addresses=" + Ports.HOST,
            "-c",
            "unix_socket_directories=",
            "-c",
            "fsync=on",
            "-c",
            "timezone=UTC",
            "-c",
            "log_timezone=UTC",
            "-c",
            "shared_buffers=64MB",
            "-c",
            "max_connections=80");
    return new ProcessSpec(PostgresUser.wrap(command), Map.of(), data());
  }

  @Override
  public void answers() throws SQLException {
    databases.ping();
  }

  @Override
  public void provision() throws Exception {
    databases.closeBuiltIn();
    databases.ensureDatabase(REGISTRY_DATABASE, REGISTRY_USER, secrets.get(REGISTRY_PASSWORD));
    provisioning.apply(NAME, LOG::info);
  }

  /** A smart shutdown waits for every client; the fast one rolls them back and ends. */
  @Override
  public void stop(Process process) throws Exception {
    Tool.run(
        PostgresUser.wrap(
            List.of(
                binaries().resolve("bin/pg_ctl").toString(),
                "stop",
                "-D",
                data().toString(),
                "-m",
                "fast",
                "-W")),
        folder,
        TOOL_LIMIT);
  }

  /** Where PostgreSQL answers, as host:port. */
  static String address(Ports ports) {
    return Ports.address(ports.at(PORT));
  }

  private Path archive() {
    return home.runtime(NAME).resolve("postgres-linux-x86_64.txz");
  }

  private Path binaries() {
    return folder.resolve("dist-" + archiveSize());
  }

  /**
   * A new release of PostgreSQL's binaries has another size, so it is unpacked next to the old one.
   */
  private long archiveSize() {
    return archive().toFile().length();
  }

  private Path data() {
    return folder.resolve("data");
  }

  /**
   * Created next to its place and moved there, so that an interrupted start leaves nothing
   * half-finished.
   */
  private void initialise() throws IOException, InterruptedException {
    Path draft = folder.resolve("data.draft");
    Path password = folder.resolve("initdb.password");
    Archives.delete(draft);
    Files.createDirectories(draft);
    StateFolder.writePrivately(password, secrets.get(PostgresDatabases.SUPERUSER_PASSWORD) + "\n");
    PostgresUser.giveTo(draft);
    PostgresUser.giveTo(password);
    try {
      Tool.run(
          PostgresUser.wrap(
              List.of(
                  binaries().resolve("bin/initdb").toString(),
                  "--pgdata=" + draft,
                  "--username=" + PostgresDatabases.SUPERUSER,
                  "--pwfile=" + password,
                  "--auth=scram-sha-256",
                  "--encoding=UTF8",
                  "--locale=C.UTF-8")),
          folder,
          TOOL_LIMIT);
    } finally {
      Files.deleteIfExists(password);
    }
    Files.move(draft, data());
  }
}

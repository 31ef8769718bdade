package io.furnistream.stack.services;

import io.furnistream.cli.StoreZone;
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
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.flywaydb.core.Flyway;

/** PostgreSQL: the reporting schema, and the registry's storage. */
final class PostgresService implements Service {

  static final String NAME = "postgres";
  static final String SUPERUSER = "postgres";
  static final String ADMIN = "admin";
  static final String REPORT_DATABASE = "furnistream";
  static final String REPORT_READER = "report_reader";
  static final String SINK_WRITER = "sink_writer";
  static final String REGISTRY_DATABASE = "registry";
  static final String REGISTRY_USER = "registry";

  /** Opens PostgreSQL to the superuser, which makes roles and databases and does nothing else. */
  static final String SUPERUSER_PASSWORD = "POSTGRES_SUPERUSER_PASSWORD";

  /** Opens the reporting database to the role admin, which owns it. */
  static final String ADMIN_PASSWORD = "POSTGRES_ADMIN_PASSWORD";

  static final String REGISTRY_PASSWORD = "REGISTRY_DATABASE_PASSWORD";
  static final String SINK_WRITER_PASSWORD = "SINK_WRITER_PASSWORD";
  static final String REPORT_READER_PASSWORD = "REPORT_READER_PASSWORD";
  static final String REPORT_READER_URL = "REPORT_READER_URL";

  private static final int PORT = 5432;
  private static final String MAINTENANCE_DATABASE = "postgres";
  private static final String TEMPLATE_DATABASE = "template1";
  private static final Duration TOOL_LIMIT = Duration.ofMinutes(1);
  private static final int CONNECT_SECONDS = 3;

  private final Home home;
  private final Ports ports;
  private final Secrets secrets;
  private final Path folder;

  PostgresService(Home home, StateFolder state, Ports ports, Secrets secrets) {
    this.home = home;
    this.ports = ports;
    this.secrets = secrets;
    this.folder = state.data(NAME);
    // A stack from before the role admin: the superuser was created with this password.
    secrets.rename(ADMIN_PASSWORD, SUPERUSER_PASSWORD);
    secrets.ensurePassword(SUPERUSER_PASSWORD);
    secrets.ensurePassword(ADMIN_PASSWORD);
    secrets.ensurePassword(REGISTRY_PASSWORD);
    secrets.ensurePassword(SINK_WRITER_PASSWORD);
    secrets.ensurePassword(REPORT_READER_PASSWORD);
    secrets.set(
        REPORT_READER_URL,
        "postgresql://%s:%s@%s/%s"
            .formatted(
                REPORT_READER,
                secrets.get(REPORT_READER_PASSWORD),
                address(ports),
                REPORT_DATABASE));
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
    return Optional.of(new Link("PostgreSQL", url(REPORT_DATABASE) + ", schema daily_report"));
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
    try (Connection connection = connect(MAINTENANCE_DATABASE);
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    }
  }

  @Override
  public void provision() throws SQLException {
    try (Connection connection = connect(MAINTENANCE_DATABASE)) {
      ensureRole(connection, ADMIN, secrets.get(ADMIN_PASSWORD));
      ensureRole(connection, REGISTRY_USER, secrets.get(REGISTRY_PASSWORD));
      ensureRole(connection, SINK_WRITER, secrets.get(SINK_WRITER_PASSWORD));
      ensureRole(connection, REPORT_READER, secrets.get(REPORT_READER_PASSWORD));
      ensureDatabase(connection, REGISTRY_DATABASE, REGISTRY_USER);
      ensureDatabase(connection, REPORT_DATABASE, ADMIN);
      mayConnect(connection, REPORT_DATABASE, SINK_WRITER);
      mayConnect(connection, REPORT_DATABASE, REPORT_READER);
      closeToPublic(connection, MAINTENANCE_DATABASE);
      closeToPublic(connection, TEMPLATE_DATABASE);
    }
    try (Connection connection = connect(REPORT_DATABASE)) {
      closeLargeObjects(connection);
      giveToAdmin(connection);
    }
    Flyway.configure()
        .dataSource(url(REPORT_DATABASE), ADMIN, secrets.get(ADMIN_PASSWORD))
        .locations("filesystem:" + home.connectors().resolve("postgres"))
        .load()
        .migrate();
    setStoreZone(StoreZone.fromEnvironment(System.getenv()));
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

  /**
   * Empties tables of the schema daily_report, one after the other: a writer that continues then
   * never waits for one of them while it holds another.
   */
  void emptyTables(List<String> tables) throws SQLException {
    try (Connection connection = connect(REPORT_DATABASE)) {
      for (String table : tables) {
        executeQuoted(connection, "SELECT format('TRUNCATE daily_report.%I', ?::text)", table);
      }
    }
  }

  /**
   * Sets the zone by which the report decides which day is today. As admin, because a trigger of
   * the migrations runs with it, and what they create never has a superuser's rights.
   */
  private void setStoreZone(ZoneId zone) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(url(REPORT_DATABASE), ADMIN, secrets.get(ADMIN_PASSWORD));
        PreparedStatement statement =
            connection.prepareStatement("UPDATE daily_report.store SET zone = ? WHERE zone <> ?")) {
      statement.setString(1, zone.getId());
      statement.setString(2, zone.getId());
      statement.executeUpdate();
    }
  }

  /** Creates a database for a service, which no other role may enter. */
  void ensureDatabase(String database, String owner, String password) throws SQLException {
    try (Connection connection = connect(MAINTENANCE_DATABASE)) {
      ensureRole(connection, owner, password);
      ensureDatabase(connection, database, owner);
    }
  }

  /** What {@link #note} last said of a database; empty when it said nothing. */
  String note(String database) throws SQLException {
    try (Connection connection = connect(MAINTENANCE_DATABASE);
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database"
                    + " WHERE datname = ?")) {
      statement.setString(1, database);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getString(1) : "";
      }
    }
  }

  /** Keeps a note with a database, so that it goes where the database goes. */
  void note(String database, String text) throws SQLException {
    try (Connection connection = connect(MAINTENANCE_DATABASE)) {
      executeQuoted(
          connection,
          "SELECT format('COMMENT ON DATABASE %I IS %L', ?::text, ?::text)",
          database,
          text);
    }
  }

  /** Where PostgreSQL answers, as host:port. */
  static String address(Ports ports) {
    return Ports.address(ports.at(PORT));
  }

  String url(String database) {
    return "jdbc:postgresql://" + address(ports) + "/" + database;
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
    StateFolder.writePrivately(password, secrets.get(SUPERUSER_PASSWORD) + "\n");
    PostgresUser.giveTo(draft);
    PostgresUser.giveTo(password);
    try {
      Tool.run(
          PostgresUser.wrap(
              List.of(
                  binaries().resolve("bin/initdb").toString(),
                  "--pgdata=" + draft,
                  "--username=" + SUPERUSER,
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

  private Connection connect(String database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", SUPERUSER);
    properties.setProperty("password", secrets.get(SUPERUSER_PASSWORD));
    properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
    properties.setProperty("socketTimeout", Long.toString(TOOL_LIMIT.toSeconds()));
    return DriverManager.getConnection(url(database), properties);
  }

  /**
   * DDL takes no bind parameters: the server itself quotes the names and the password, so no text
   * of ours becomes SQL.
   */
  private static void ensureRole(Connection connection, String role, String password)
      throws SQLException {
    if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role)) {
      executeQuoted(connection, "SELECT format('CREATE ROLE %I LOGIN', ?::text)", role);
    }
    executeQuoted(
        connection, "SELECT format('ALTER ROLE %I PASSWORD %L', ?::text, ?::text)", role, password);
  }

  private static void ensureDatabase(Connection connection, String database, String owner)
      throws SQLException {
    if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", database)) {
      executeQuoted(
          connection,
          "SELECT format('CREATE DATABASE %I OWNER %I', ?::text, ?::text)",
          database,
          owner);
      closeToPublic(connection, database);
    }
  }

  private static void closeToPublic(Connection connection, String database) throws SQLException {
    executeQuoted(
        connection, "SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', ?::text)", database);
  }

  /** By default everyone may create large objects: a reader could fill the disk. */
  private static void closeLargeObjects(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "REVOKE EXECUTE ON FUNCTION pg_catalog.lo_creat(integer), pg_catalog.lo_create(oid),"
              + " pg_catalog.lo_from_bytea(oid, bytea) FROM PUBLIC");
    }
  }

  /**
   * Migrations run as the admin, who therefore owns what they make. In a database from before that
   * role it belongs to the superuser.
   */
  private static void giveToAdmin(Connection connection) throws SQLException {
    executeQuoted(
        connection,
        "SELECT format('ALTER DATABASE %I OWNER TO %I', datname, ?::text) FROM pg_database"
            + " WHERE datname = current_database() AND datdba <> ?::regrole",
        ADMIN,
        ADMIN);
    executeQuoted(
        connection,
        "SELECT format('ALTER SCHEMA %I OWNER TO %I', nspname, ?::text) FROM pg_namespace"
            + " WHERE nspname = 'daily_report' AND nspowner <> ?::regrole",
        ADMIN,
        ADMIN);
    executeQuoted(
        connection,
        "SELECT format('ALTER TABLE %I.%I OWNER TO %I', nspname, relname, ?::text) FROM pg_class"
            + " JOIN pg_namespace ON pg_namespace.oid = relnamespace"
            + " WHERE nspname IN ('daily_report', 'public') AND relkind = 'r'"
            + " AND relowner <> ?::regrole",
        ADMIN,
        ADMIN);
  }

  private static void mayConnect(Connection connection, String database, String role)
      throws SQLException {
    executeQuoted(
        connection,
        "SELECT format('GRANT CONNECT ON DATABASE %I TO %I', ?::text, ?::text)",
        database,
        role);
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static void executeQuoted(Connection connection, String format, String... arguments)
      throws SQLException {
    List<String> quoted = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(format)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setString(i + 1, arguments[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          quoted.add(rows.getString(1));
        }
      }
    }
    try (Statement statement = connection.createStatement()) {
      for (String command : quoted) {
        statement.execute(command);
      }
    }
  }
}

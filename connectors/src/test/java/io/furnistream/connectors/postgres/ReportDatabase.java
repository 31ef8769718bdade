package io.furnistream.connectors.postgres;

import io.furnistream.stack.EmbeddedStack;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A PostgreSQL of the test's own, as the stack provisions it, and connections as each role. */
final class ReportDatabase implements AutoCloseable {

  /** The roles that the tests take, and the secret that opens the database to each. */
  private static final Map<String, String> ROLES =
      Map.of(
          "postgres", "POSTGRES_SUPERUSER_PASSWORD",
          "admin", "POSTGRES_ADMIN_PASSWORD",
          "sink_writer", "SINK_WRITER_PASSWORD",
          "report_reader", "REPORT_READER_PASSWORD");

  private final Path folder;
  private final int portOffset;
  private EmbeddedStack stack;
  private Map<String, String> secrets;

  /**
   * Starts it.
   *
   * @param portOffset one that no other test uses
   */
  ReportDatabase(int portOffset) throws IOException, InterruptedException {
    this.portOffset = portOffset;
    folder = Files.createTempDirectory("furnistream-report-");
    // PostgreSQL's user must be able to enter it.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    start();
  }

  /** Ends the server, changes its {@code secrets.env}, and starts it as the stack would. */
  void restart(UnaryOperator<List<String>> secretsChange) throws IOException, InterruptedException {
    stop();
    Path file = secretsFile();
    Files.write(file, secretsChange.apply(Files.readAllLines(file)));
    start();
  }

  /** Ends the server. */
  void stop() {
    stack.close();
  }

  /** Starts it, at the address that it had if it was stopped. */
  void start() throws IOException, InterruptedException {
    stack =
        EmbeddedStack.start(
            Home.fromSystemProperty(),
            new StateFolder(folder),
            new Ports(portOffset),
            Set.of("postgres"));
    secrets =
        Files.readAllLines(secretsFile()).stream()
            .map(line -> line.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  String url() {
    return stack.endpoints().postgresUrl();
  }

  String password(String role) {
    return secrets.get(ROLES.get(role));
  }

  /** A connection to the reporting database. */
  Connection connect(String role) throws SQLException {
    return DriverManager.getConnection(url(), role, password(role));
  }

  /** A connection to another database of the same server. */
  Connection connect(String role, String database) throws SQLException {
    return DriverManager.getConnection(
        url().substring(0, url().lastIndexOf('/') + 1) + database, role, password(role));
  }

  /** Runs statements as a role, each in a transaction of its own. */
  void execute(String role, String... statements) throws SQLException {
    try (Connection connection = connect(role);
        Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    }
  }

  /** What a query answers to a role: each row as the text of its columns, joined by bars. */
  List<String> rows(String role, String query) throws SQLException {
    try (Connection connection = connect(role);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          columns.add(result.getString(i));
        }
        rows.add(String.join("|", columns));
      }
      return rows;
    }
  }

  @Override
  public void close() throws IOException {
    stack.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private Path secretsFile() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.endsWith("secrets.env")).findFirst().orElseThrow();
    }
  }
}

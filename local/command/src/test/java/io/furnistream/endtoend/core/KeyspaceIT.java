package io.furnistream.endtoend.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.furnistream.cli.Commands;
import io.furnistream.cli.Endpoints;
import io.furnistream.cli.ExitStatus;
import io.furnistream.endtoend.stack.CoreStack;
import io.furnistream.endtoend.stack.OnCoreStack;
import io.furnistream.provision.CassandraAccess;
import io.furnistream.provision.PlatformFiles;
import io.furnistream.provision.ProvisionCommand;
import io.furnistream.provision.ProvisionTarget;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code provision} says of a Cassandra that it must not change, or cannot ask. */
@OnCoreStack
class KeyspaceIT {

  private static final Path CONNECTORS =
      Path.of(System.getProperty("furnistream.home"), "connectors");
  private static final String DATACENTER = "datacenter1";

  private final CoreStack stack;
  private final StringWriter printed = new StringWriter();
  @TempDir private Path folder;

  KeyspaceIT(CoreStack stack) {
    this.stack = stack;
  }

  private int provision(Path connectors, String datacenter, String... arguments) {
    printed.getBuffer().setLength(0);
    Endpoints endpoints =
        Endpoints.fromEnvironment(
            Map.of(
                Endpoints.CASSANDRA_CONTACT_POINTS,
                "127.0.0.1:" + stack.port(9042),
                Endpoints.CASSANDRA_DATACENTER,
                datacenter));
    return Commands.commandLine(
            new ProvisionCommand(
                () -> new ProvisionTarget(endpoints, Optional.empty(), CassandraAccess.OPEN),
                () -> new PlatformFiles(connectors)))
        .setOut(new PrintWriter(printed))
        .setErr(new PrintWriter(printed))
        .execute(arguments);
  }

  @Test
  void aDatacenterThatThereIsNotIsNamedAtOnceWithThoseThatThereAre() {
    assertThat(provision(CONNECTORS, "dc1", "--check", "--only", "cassandra", "--timeout", "86400"))
        .isEqualTo(ExitStatus.CANNOT_RUN);

    assertThat(printed.toString())
        .contains(
            "has no datacenter 'dc1', only datacenter1: set FURNISTREAM_CASSANDRA_DATACENTER");
  }

  @Test
  void aColumnThatWasDroppedIsRefusedUntilItIsThereAgain() throws Exception {
    // A table of its own: no other may lose a column.
    PathUtils.copyDirectory(CONNECTORS.resolve("cassandra"), folder.resolve("cassandra"));
    Files.createDirectory(folder.resolve("postgres"));
    Files.writeString(
        folder.resolve("cassandra/V999__dropped.cql"),
        """
        CREATE TABLE IF NOT EXISTS furniture.dropped (
          name text,
          amount int,
          PRIMARY KEY ((name))
        );
        """);
    try (CqlSession session = stack.cassandra()) {
      try {
        assertThat(provision(folder, DATACENTER, "--only", "cassandra"))
            .as(printed.toString())
            .isEqualTo(ExitStatus.DONE);
        execute(session, "ALTER TABLE furniture.dropped DROP amount");

        assertThat(provision(folder, DATACENTER, "--only", "cassandra"))
            .isEqualTo(ExitStatus.CANNOT_RUN);
        assertThat(printed.toString())
            .contains(
                "table furniture.dropped has no column amount: it was dropped",
                "'ALTER TABLE furniture.dropped ADD IF NOT EXISTS amount int'",
                "docs/production.md",
                "Nothing was changed.");

        execute(session, "ALTER TABLE furniture.dropped ADD IF NOT EXISTS amount int");
        assertThat(provision(folder, DATACENTER, "--only", "cassandra", "--check"))
            .as(printed.toString())
            .isEqualTo(ExitStatus.DONE);
        execute(
            session,
            "INSERT INTO furniture.dropped (name, amount) VALUES ('before', 1) USING TIMESTAMP 1000");
        execute(session, "INSERT INTO furniture.dropped (name, amount) VALUES ('since', 2)");
        assertThat(session.execute("SELECT name, amount FROM furniture.dropped").all())
            .as("why it is refused: Cassandra discards what is older than the drop")
            .filteredOn(row -> !row.isNull("amount"))
            .extracting(row -> row.getString("name"))
            .containsExactly("since");
      } finally {
        execute(session, "DROP TABLE IF EXISTS furniture.dropped");
      }
    }
  }

  private static void execute(CqlSession session, String statement) {
    session.execute(SimpleStatement.newInstance(statement).setTimeout(Duration.ofSeconds(30)));
  }
}

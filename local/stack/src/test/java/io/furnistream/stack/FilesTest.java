package io.furnistream.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.furnistream.cli.CannotRunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the stack writes and reads in its state folder. */
class FilesTest {

  @TempDir private Path folder;

  @Test
  void secretsAreMadeOnceAndOnlyTheirOwnerCanReadThem() throws IOException {
    Path file = folder.resolve("secrets.env");

    Secrets made = Secrets.loadOrCreate(file, new Ports(0));
    Secrets read = Secrets.loadOrCreate(file, new Ports(0));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readAllLines(file))
        .allMatch(line -> line.matches("[A-Z_]+=\\S{20,}"))
        .hasSize(15);
    String password = made.get(Secrets.REPORT_READER_PASSWORD);
    assertThat(password).hasSize(32).isEqualTo(read.get(Secrets.REPORT_READER_PASSWORD));
    assertThat(password).isNotEqualTo(made.get(Secrets.SINK_WRITER_PASSWORD));
  }

  @Test
  void theReadersUrlFollowsThePorts() throws IOException {
    Path file = folder.resolve("secrets.env");
    String password = Secrets.loadOrCreate(file, new Ports(0)).get(Secrets.REPORT_READER_PASSWORD);

    Secrets moved = Secrets.loadOrCreate(file, new Ports(10_000));

    assertThat(moved.get(Secrets.REPORT_READER_URL))
        .isEqualTo("postgresql://report_reader:%s@127.0.0.1:15432/furnistream", password);
    assertThat(Files.readString(file)).contains("@127.0.0.1:15432/").doesNotContain(":5432/");
  }

  @Test
  void theSuperuserOfAnOlderStackKeepsItsPassword() throws IOException {
    Path file = folder.resolve("secrets.env");
    Files.writeString(file, "POSTGRES_ADMIN_PASSWORD=from-before\n");

    Secrets.loadOrCreate(file, new Ports(0));
    Secrets read = Secrets.loadOrCreate(file, new Ports(0));

    assertThat(read.get(Secrets.POSTGRES_SUPERUSER_PASSWORD)).isEqualTo("from-before");
    assertThat(read.get(Secrets.POSTGRES_ADMIN_PASSWORD)).hasSize(32);
  }

  @Test
  void aSecretsFileThatCannotBeReadIsNamedWithItsLine() throws IOException {
    Path file = folder.resolve("secrets.env");
    Files.writeString(file, "POSTGRES_ADMIN_PASSWORD=abc\nnonsense\n");

    assertThatThrownBy(() -> Secrets.loadOrCreate(file, new Ports(0)))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("secrets.env, line 2")
        .hasMessageNotContaining("abc");
  }

  @Test
  void aCqlScriptIsSplitAtTheEndsOfStatements() {
    assertThat(
            CqlScript.statements(
                """
                -- a comment; with a semicolon
                CREATE KEYSPACE IF NOT EXISTS k
                  WITH replication = {'class': 'SimpleStrategy'};

                CREATE TABLE t (a text PRIMARY KEY) WITH comment = 'one; two';
                """))
        .containsExactly(
            "CREATE KEYSPACE IF NOT EXISTS k\n  WITH replication = {'class': 'SimpleStrategy'}",
            "CREATE TABLE t (a text PRIMARY KEY) WITH comment = 'one; two'");
  }

  @Test
  void aProcessIsNamedByNumberAndStart() throws IOException {
    Path file = folder.resolve("x.pid");
    ProcessHandle self = ProcessHandle.current();

    Files.writeString(file, Pid.of(self).toString());
    assertThat(Pid.living(file)).contains(self);

    Files.writeString(file, new Pid(self.pid(), "another boot:1").toString());
    assertThat(Pid.living(file)).as("the number belongs to another process now").isEmpty();
    Files.writeString(file, "");
    assertThat(Pid.living(file)).as("cut short by a full disk").isEmpty();
    assertThat(Pid.living(folder.resolve("absent.pid"))).isEmpty();
  }

  @Test
  void aLogThatGrewIsCutAndItsTextKept() throws IOException {
    Path log = folder.resolve("kafka.log");
    byte[] text =
        "a line of the log\n".repeat(2_000_000).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Files.write(log, text);

    LogFiles.rotate(log);

    assertThat(log).isEmptyFile();
    assertThat(folder.resolve("kafka.log.1")).hasSize(text.length);
    Files.writeString(log, "short");
    LogFiles.rotate(log);
    assertThat(log).hasContent("short");
  }

  @Test
  void connectorsThatAreNoConnectorsAreNamed() throws IOException {
    Files.writeString(folder.resolve("broken.json"), "{\"name\": \"x\"}");

    assertThatThrownBy(() -> Connectors.read(folder))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("broken.json")
        .hasMessageContaining("\"config\"");

    // Once read as no transforms at all.
    Files.writeString(
        folder.resolve("broken.json"),
        "{\"name\": \"x\", \"config\": {\"transforms\": [\"screen\", \"name\"]}}");
    assertThatThrownBy(() -> Connectors.read(folder))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("broken.json, line 1, column 40: 'transforms' is an array")
        .hasMessageContaining("\"screen,name\"");
  }

  @Test
  void deadLetterTopicsAreThoseThatTheConnectorsName() throws IOException {
    Files.writeString(
        folder.resolve("a.json"),
        """
        {"name": "a", "config": {"errors.deadletterqueue.topic.name": "dead_letter_a"}}
        """);
    Files.writeString(folder.resolve("b.json"), "{\"name\": \"b\", \"config\": {}}");

    assertThat(Connectors.deadLetterTopics(folder)).isEqualTo(List.of("dead_letter_a"));
  }

  @Test
  void logsAreForTheirAccountAlone() throws IOException {
    StateFolder state = new StateFolder(folder.resolve("state"));
    state.create();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.logs())))
        .isEqualTo("rwx------");
  }

  @Test
  void theProfileIsRememberedAndFullByDefault() throws IOException {
    StateFolder state = new StateFolder(folder);
    assertThat(Stack.rememberedProfile(state)).isEqualTo(Profile.FULL);

    Files.writeString(state.settings(), "{\"port_offset\":7,\"profile\":\"core\"}");
    assertThat(Stack.rememberedProfile(state)).isEqualTo(Profile.CORE);
    assertThat(Stack.rememberedPorts(state).offset()).isEqualTo(7);

    Files.writeString(state.settings(), "{\"port_offset\":7}");
    assertThat(Stack.rememberedProfile(state))
        .as("started before there were profiles")
        .isEqualTo(Profile.CORE);
  }

  @Test
  void portsMoveAsABlockAndStayPorts() {
    assertThat(new Ports(10_000).kafka()).isEqualTo(19_092);
    assertThat(new Ports(Ports.MAX_OFFSET).kafkaController()).isLessThan(65_536);
    assertThatThrownBy(() -> new Ports(Ports.MAX_OFFSET + 1))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("--port-offset");
  }
}

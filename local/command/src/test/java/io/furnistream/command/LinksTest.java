package io.furnistream.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.stack.Profile;
import io.furnistream.stack.Stack;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is printed below a stack that runs. */
class LinksTest {

  /** From the module's folder, where Maven runs tests. */
  private static final Home HOME = new Home(Path.of("../..").toAbsolutePath().normalize());

  @TempDir private Path folder;

  private String printed() throws IOException {
    StateFolder state = new StateFolder(folder);
    Stack stack = Stack.create(HOME, state, new Ports(0), Profile.CORE.services());
    StringWriter text = new StringWriter();
    Links.print(state, stack, new PrintWriter(text));
    return text.toString();
  }

  @Test
  void everyPageAndStoreOfTheProfileIsNamedWithWhatOpensIt() throws IOException {
    String full =
        """

        Where to look
          Kafka            127.0.0.1:9092
          Schema registry  http://127.0.0.1:8081/apis/ccompat/v7/subjects
          Kafka Connect    http://127.0.0.1:8083/connectors?expand=status
          Cassandra        127.0.0.1:9042, keyspace furniture
          PostgreSQL       jdbc:postgresql://127.0.0.1:5432/furnistream, schema daily_report
          Airflow          http://127.0.0.1:8080, user admin
          Superset         http://127.0.0.1:8088, user admin
          Passwords        %s/secrets.env (REPORT_READER_URL opens PostgreSQL)
                           AIRFLOW_ADMIN_PASSWORD there opens Airflow,
                           SUPERSET_ADMIN_PASSWORD Superset
        """
            .formatted(folder);
    assertThat(printed().lines()).containsExactlyElementsOf(full.lines().toList());

    Files.writeString(folder.resolve("stack.json"), "{\"port_offset\":0,\"profile\":\"core\"}");
    assertThat(printed().lines())
        .containsExactlyElementsOf(
            full.lines().filter(line -> !line.matches(".*(Airflow|Superset).*")).toList());
  }
}

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
import java.util.List;
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
    String core =
        """

        Where to look
          Kafka            127.0.0.1:9092
          Schema registry  http://127.0.0.1:8081/apis/ccompat/v7/subjects
          Kafka Connect    http://127.0.0.1:8083/connectors?expand=status
          Cassandra        127.0.0.1:9042, keyspace furniture
          PostgreSQL       jdbc:postgresql://127.0.0.1:5432/furnistream, schema daily_report
        """;
    String passwords =
        "  Passwords        %s/secrets.env (REPORT_READER_URL opens PostgreSQL)%n"
            .formatted(folder);

    String pages =
        """
          Airflow          http://127.0.0.1:8080, user admin
          Superset         http://127.0.0.1:8088, user admin
        """;
    String theirs =
        """
                           AIRFLOW_ADMIN_PASSWORD there opens Airflow,
                           SUPERSET_ADMIN_PASSWORD Superset
        """;

    assertThat(printed().lines()).containsSubsequence(lines(core + pages + passwords + theirs));

    Files.writeString(folder.resolve("stack.json"), "{\"port_offset\":0,\"profile\":\"core\"}");
    assertThat(printed().lines())
        .containsSubsequence(lines(core + passwords))
        .noneMatch(line -> line.contains("Airflow") || line.contains("Superset"));
  }

  private static List<String> lines(String text) {
    return text.lines().toList();
  }
}

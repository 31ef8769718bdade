package io.furnistream.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.furnistream.cli.CannotRunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of the connectors' files. */
class ConnectorsTest {

  @TempDir private Path folder;

  @Test
  void filesThatAreNotConnectorsAreNamed() throws IOException {
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
}

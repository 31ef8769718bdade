package io.furnistream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectorDefinitionTest {

  @TempDir private Path folder;

  @Test
  void aNumberAndABooleanAreReadAsTextAsInConnect() throws IOException {
    ConnectorDefinition connector =
        ConnectorDefinition.read(
            file(
                """
                {"config": {"tasks.max": 2, "rate": 1.50, "on": true, "name": "c", "empty": ""},
                 "name": "c"}"""));

    assertThat(connector.name()).isEqualTo("c");
    assertThat(connector.config())
        .isEqualTo(Map.of("tasks.max", "2", "rate", "1.50", "on", "true", "empty", ""));
  }

  /** Each value is in line 3, column 13. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[\"unmark\", \"screen\",\"name\"] | is an array | Write \"unmark,screen,name\".",
        "[] | is an array | Write \"\".",
        "[[\"a\"]] | is an array | with commas between them",
        "{\"a\": 1} | is an object | \"transforms.…\": \"…\"",
        "null | is null | Leave it out."
      })
  void aPropertyThatIsNotTextIsRefused(String value, String reason, String cure)
      throws IOException {
    Path file =
        file(
            """
            {"name": "c", "config": {
              "tasks.max": "1",
              "transforms":%s
            }}"""
                .formatted(value));

    assertThatThrownBy(() -> ConnectorDefinition.read(file))
        .isInstanceOf(CannotRunException.class)
        .hasMessageStartingWith(file + ", line 3, column 16: 'transforms' " + reason)
        .hasMessageContaining(cure);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\": \"c\", \"config\": {\"a\": \"1\", \"a\": \"1\"}} | line 1, column 36: 'a' is written twice",
        "{\"name\": \"c\", \"config\": {}, \"config\": {}} | 'config' is written twice",
        "{\"name\": \"c\", \"tasks.max\": \"1\", \"config\": {}} | 'tasks.max' is neither \"name\" nor \"config\"",
        "{\"name\": 7, \"config\": {}} | \"name\" must be",
        "{\"name\": \" \", \"config\": {}} | \"name\" must be",
        "{\"name\": \"c\", \"config\": []} | \"config\" must be an object",
        "{\"name\": \"c\", \"config\": {\"name\": \"d\"}} | names the connector 'c', and 'd'",
        "{\"name\": \"c\", \"config\": {}} {} | one connector",
        "{\"name\": \"c\"} | is not a connector: expected",
        "[] | is not a connector: expected",
        "`` | is not a connector: expected",
        "{\"name\": \"c\", \"config\": { | cannot be read as JSON",
        "{\"name\": \"c\", \"config\": {\"a\": } | line 1, column 31: cannot be read as JSON",
        "{\"name\": \"c\", \"config\": {\"a\": \"1\",}} | cannot be read as JSON"
      })
  void whatIsNotAConnectorIsRefused(String text, String reason) throws IOException {
    Path file = file(text);

    assertThatThrownBy(() -> ConnectorDefinition.read(file))
        .isInstanceOf(CannotRunException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(reason);
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> ConnectorDefinition.read(folder.resolve("nowhere.json")))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("nowhere.json");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("connector.json"), text);
  }
}

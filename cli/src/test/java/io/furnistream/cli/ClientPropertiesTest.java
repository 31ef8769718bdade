package io.furnistream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of client properties. */
class ClientPropertiesTest {

  @TempDir private Path folder;

  @Test
  void aFileAsConfluentCloudOffersItIsTakenAsItIs() throws IOException {
    Path file = folder.resolve("client.properties");
    Files.writeString(
        file,
        """
        # Required connection configs for Kafka producer, consumer, and admin
        bootstrap.servers=kafka.example:9093
        security.protocol=SASL_SSL
        sasl.jaas.config=org.example.Login required username='äöü' password='a=b#c';
        schema.registry.url=https://registry.example
        basic.auth.credentials.source=USER_INFO
        basic.auth.user.info=key:secret\s
        connect.basic.auth.user.info=operator:secret
        """);
    Endpoints endpoints = read(Map.of(ClientProperties.VARIABLE, file.toString()));

    assertThat(endpoints.bootstrapServers()).isEqualTo("kafka.example:9093");
    assertThat(endpoints.registryUrl()).isEqualTo("https://registry.example");
    assertThat(endpoints.kafkaClient())
        .containsOnly(
            Map.entry("bootstrap.servers", "kafka.example:9093"),
            Map.entry("security.protocol", "SASL_SSL"),
            Map.entry(
                "sasl.jaas.config", "org.example.Login required username='äöü' password='a=b#c';"));
    assertThat(endpoints.registryClient())
        .containsOnly(
            Map.entry("schema.registry.url", "https://registry.example"),
            Map.entry("basic.auth.credentials.source", "USER_INFO"),
            Map.entry("basic.auth.user.info", "key:secret"));
    assertThat(endpoints.clientProperties().connect())
        .containsOnly(Map.entry("basic.auth.user.info", "operator:secret"));
    assertThat(endpoints.toString() + endpoints.clientProperties())
        .as("may be printed")
        .doesNotContain("secret", "a=b#c");
  }

  @Test
  void theEnvironmentSaysWhereBeforeTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("x"), "bootstrap.servers=of.file:1\n");
    Endpoints endpoints =
        read(
            Map.of(
                ClientProperties.VARIABLE,
                file.toString(),
                Endpoints.BOOTSTRAP_SERVERS,
                "of.environment:2"));
    assertThat(endpoints.kafkaClient()).containsEntry("bootstrap.servers", "of.environment:2");
  }

  @Test
  void aFileThatCannotBeReadIsNamedWithTheVariable() throws IOException {
    Path malformed = Files.writeString(folder.resolve("malformed"), "password=\\u12\n");
    for (Path file : new Path[] {folder.resolve("absent"), folder, malformed}) {
      assertThatThrownBy(() -> read(Map.of(ClientProperties.VARIABLE, file.toString())))
          .isInstanceOf(CannotRunException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining(ClientProperties.VARIABLE);
    }
  }

  @Test
  void withoutAFileThereIsNeitherTlsNorAPassword() {
    Endpoints endpoints = read(Map.of(ClientProperties.VARIABLE, " "));
    assertThat(endpoints.kafkaClient()).containsOnlyKeys("bootstrap.servers");
    assertThat(endpoints.registryClient()).containsOnlyKeys("schema.registry.url");
  }

  private static Endpoints read(Map<String, String> environment) {
    return Endpoints.fromEnvironment(environment);
  }
}

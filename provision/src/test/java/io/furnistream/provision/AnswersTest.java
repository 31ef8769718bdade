package io.furnistream.provision;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.ClientProperties;
import io.furnistream.schemas.PlatformSettings;
import io.furnistream.testing.TestCertificate;
import io.furnistream.testing.TlsGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no waiting mends ends at once, and names the variable to set right. */
class AnswersTest {

  private static final String CLIENTS = ClientProperties.VARIABLE;

  @TempDir private Path folder;
  private HttpServer server;
  private int status = 401;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static Topics kafka(Map<String, Object> client) {
    return new Topics(client, List.of(), PlatformSettings.current(), note -> {});
  }

  private static Schemas registry(String url) {
    return new Schemas(Map.of("schema.registry.url", url), PlatformSettings.current());
  }

  private Connectors connect(String url) {
    return new Connectors(url, ClientProperties.NONE, folder, PlatformSettings.current());
  }

  @Test
  void propertiesThatKafkasClientDoesNotTake() {
    try (Topics kafka =
        kafka(Map.of("bootstrap.servers", "127.0.0.1:1", "security.protocol", "NONSENSE"))) {
      assertThatThrownBy(kafka::answers)
          .isInstanceOf(CannotRunException.class)
          .hasMessageContaining("NONSENSE")
          .hasMessageContaining(CLIENTS);
    }
  }

  @Test
  void aCertificateThatNothingVouchesFor() throws Exception {
    try (TlsGateway gateway =
        TlsGateway.open(TestCertificate.in(folder), server.getAddress().getPort())) {
      String place = "127.0.0.1:" + gateway.port();
      try (Topics kafka = kafka(Map.of("bootstrap.servers", place, "security.protocol", "SSL"))) {
        assertThatThrownBy(kafka::answers)
            .isInstanceOf(CannotRunException.class)
            .hasMessageStartingWith("Kafka at " + place)
            .hasMessageContaining("ssl.*")
            .hasMessageContaining(CLIENTS);
      }
      assertThatThrownBy(registry("https://" + place)::answers)
          .isInstanceOf(CannotRunException.class)
          .hasMessageContaining("schema.registry.ssl.*")
          .hasMessageContaining(CLIENTS);
      assertThatThrownBy(connect("https://" + place)::ping)
          .isInstanceOf(CannotRunException.class)
          .hasMessageContaining("connect.ssl.*")
          .hasMessageContaining(CLIENTS);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void aRefusalOverHttp(int refusal) {
    status = refusal;
    assertThatThrownBy(registry(url())::answers)
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("basic.auth.*")
        .hasMessageContaining(CLIENTS);
    assertThatThrownBy(connect(url())::ping)
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("answered " + refusal)
        .hasMessageContaining(CLIENTS);
  }

  @Test
  void aServiceThatIsNotReadyIsWaitedFor() {
    status = 404;
    assertThatThrownBy(registry(url())::answers).isNotInstanceOf(CannotRunException.class);
    assertThatThrownBy(connect(url())::ping).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"registry:8081", "registry", "http://registry:80a", ","})
  void whatIsNoUrl(String text) {
    assertThatThrownBy(registry(text)::answers)
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("FURNISTREAM_REGISTRY_URL");
    assertThatThrownBy(() -> connect(text))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("FURNISTREAM_CONNECT_URL");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://user:secret@127.0.0.1/report",
        "jdbc:postgresql://user:secret@127.0.0.1/report",
        "jdbc:mysql://127.0.0.1/report?password=secret"
      })
  void aUrlThatIsNotOfPostgresqlIsNotPrinted(String url) {
    assertThatThrownBy(() -> PostgresConnection.database(url, "FURNISTREAM_POSTGRES_URL"))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("FURNISTREAM_POSTGRES_URL")
        .hasMessageContaining("jdbc:postgresql://HOST:PORT/DATABASE")
        .hasMessageNotContaining("secret");
  }

  @Test
  void settingsThatCassandrasDriverDoesNotTake() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("driver.conf"),
            """
            datastax-java-driver.advanced.ssl-engine-factory {
              class = DefaultSslEngineFactory
              truststore-path = /no/such/store
              truststore-password = x
            }
            """);
    CassandraClient client =
        new CassandraClient("127.0.0.1:1", "datacenter1", config.toString(), "", "");

    assertThatThrownBy(client::connect)
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("/no/such/store")
        .hasMessageContaining("FURNISTREAM_CASSANDRA_CONFIG");
  }
}

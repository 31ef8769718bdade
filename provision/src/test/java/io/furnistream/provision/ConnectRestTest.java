package io.furnistream.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.furnistream.cli.CannotRunException;
import io.furnistream.testing.TestCertificate;
import io.furnistream.testing.TlsGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the workers' REST API may ask for. */
class ConnectRestTest {

  private static final String NOBODY_LISTENS = "http://127.0.0.1:1";

  @TempDir private Path folder;
  private HttpServer worker;

  @BeforeEach
  void start() throws IOException {
    worker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    worker.createContext(
        "/",
        exchange -> {
          // Of "operator:an:odd password" in UTF-8, worked out by base64(1).
          boolean isKnown =
              "Basic b3BlcmF0b3I6YW46b2RkIHBhc3N3b3Jk"
                  .equals(exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.sendResponseHeaders(isKnown ? 200 : 401, -1);
          exchange.close();
        });
    worker.start();
  }

  @AfterEach
  void stop() {
    worker.stop(0);
  }

  @Test
  void tlsAndAPasswordComeFromTheProperties() throws Exception {
    TestCertificate certificate = TestCertificate.in(folder);
    try (TlsGateway gateway = TlsGateway.open(certificate, worker.getAddress().getPort())) {
      String url = "https://127.0.0.1:" + gateway.port();
      Map<String, String> properties =
          Map.of(
              "basic.auth.user.info",
              "operator:an:odd password",
              "ssl.truststore.type",
              "PKCS12",
              "ssl.truststore.location",
              certificate.trustStore().toString(),
              "ssl.truststore.password",
              TestCertificate.PASSWORD);

      assertThat(status(new ConnectRest(url, properties))).isEqualTo(200);
      assertThatThrownBy(() -> status(new ConnectRest(url, Map.of())))
          .as("a certificate that nothing vouches for")
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void anotherWorkerIsAskedWhenOneIsAway() throws Exception {
    String url = "http://127.0.0.1:" + worker.getAddress().getPort();
    assertThat(status(new ConnectRest(NOBODY_LISTENS + ", " + url, Map.of()))).isEqualTo(401);
    assertThatThrownBy(() -> status(new ConnectRest(NOBODY_LISTENS, Map.of())))
        .isInstanceOf(IOException.class);
  }

  @Test
  void anotherWorkerIsAskedWhenOneIsBusyAndTheBusyOnesAnswerIsTheLastResort() throws Exception {
    HttpServer busy =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    busy.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(500, -1);
          exchange.close();
        });
    busy.start();
    try {
      String first = "http://127.0.0.1:" + busy.getAddress().getPort();
      String url = "http://127.0.0.1:" + worker.getAddress().getPort();

      assertThat(
              new ConnectRest(first + "," + url, Map.of())
                  .send("/connectors", HttpRequest.Builder::GET)
                  .statusCode())
          .isEqualTo(401);
      assertThat(status(new ConnectRest(first + "," + NOBODY_LISTENS, Map.of()))).isEqualTo(500);
    } finally {
      busy.stop(0);
    }
  }

  @Test
  void aListMayEndInACommaAndAUrlInASlash() throws Exception {
    List<String> paths = new ArrayList<>();
    worker.removeContext("/");
    worker.createContext(
        "/",
        exchange -> {
          paths.add(exchange.getRequestURI().getPath());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    String url = "http://127.0.0.1:" + worker.getAddress().getPort();

    assertThat(status(new ConnectRest(url + "/,", Map.of()))).isEqualTo(200);
    assertThat(paths).containsExactly("/connectors");
  }

  @Test
  void aStoreThatCannotBeReadIsNamed() {
    assertThatThrownBy(
            () ->
                new ConnectRest(NOBODY_LISTENS, Map.of("ssl.truststore.location", "/no/such/file")))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("connect.ssl.")
        .hasMessageContaining("/no/such/file");
  }

  private static int status(ConnectRest rest) throws IOException, InterruptedException {
    return rest.sendOnce("/connectors", HttpRequest.Builder::GET).statusCode();
  }
}

package io.furnistream.rollups.verify;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Endpoints;
import io.furnistream.schemas.ContractRules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A record that cannot be read is one of the figures; a registry that fails ends the command. */
class AvroReaderTest {

  private static final byte[] KEY = {0, 0, 0, 0, 7, 2, 'a'};

  @Test
  void aSchemaThatIsNotAvrosIsAnUnreadableRecord() throws IOException {
    fails(
        "{\"schemaType\": \"PROTOBUF\", \"schema\": \"syntax = 'proto3'; message A {}\"}",
        UnreadableRecordException.class,
        "Schema 7 is not Avro's");
  }

  @Test
  void whatAnswersLikeNoRegistryEndsTheCommand() throws IOException {
    fails("<html>Welcome</html>", CannotRunException.class, Endpoints.REGISTRY_URL);
  }

  private static void fails(String answer, Class<? extends Exception> failure, String message)
      throws IOException {
    HttpServer registry =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.createContext(
        "/",
        exchange -> {
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    registry.start();
    Endpoints endpoints =
        new Endpoints(
            "127.0.0.1:1",
            "http://127.0.0.1:" + registry.getAddress().getPort(),
            "",
            "",
            "",
            "",
            "",
            "",
            "");
    try (AvroReader reader = new AvroReader(endpoints)) {
      assertThatThrownBy(() -> reader.key("daily_records", KEY, ContractRules.ofSales()))
          .isInstanceOf(failure)
          .hasMessageContaining(message);
    } finally {
      registry.stop(0);
    }
  }
}

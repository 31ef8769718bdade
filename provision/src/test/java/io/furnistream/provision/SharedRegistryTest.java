package io.furnistream.provision;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.furnistream.schemas.BucketsContract;
import io.furnistream.schemas.PlatformSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Levels of compatibility of a registry at NONE, with subjects of others and without. */
class SharedRegistryTest {

  private static final String BUCKETS = BucketsContract.SUBJECT;

  private final Set<String> levelled = new ConcurrentSkipListSet<>();
  private final Map<String, String> own = new ConcurrentHashMap<>();
  private String subjects = "[\"of-others\", \"%s\"]".formatted(BUCKETS);
  private HttpServer registry;

  /** Has every schema that it is asked for, as version 1 with the id 1. */
  @BeforeEach
  void start() throws IOException {
    registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer("/subjects", path -> subjects);
    answer(
        "/subjects/",
        path ->
            "{\"subject\": \"any\", \"version\": 1, \"id\": 1, \"schema\": \"%s\"}"
                .formatted(BucketsContract.schema(16).toString().replace("\"", "\\\"")));
    answer(
        "/config",
        path ->
            "{\"compatibilityLevel\": \"%s\"}"
                .formatted(
                    levelled.contains(last(path)) ? "BACKWARD" : own.getOrDefault(path, "NONE")));
    registry.start();
  }

  private void answer(String path, UnaryOperator<String> text) {
    registry.createContext(
        path,
        exchange -> {
          String asked = exchange.getRequestURI().getPath();
          if (exchange.getRequestMethod().equals("PUT")) {
            levelled.add(last(asked));
          }
          // Without defaultToGlobal=true a subject that has no level of its own has none.
          if ("defaultToGlobal=false".equals(exchange.getRequestURI().getQuery())
              && !own.containsKey(asked)) {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
            return;
          }
          byte[] body = text.apply(asked).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @AfterEach
  void stop() {
    registry.stop(0);
  }

  private Schemas schemas() {
    return new Schemas(
        Map.of("schema.registry.url", "http://127.0.0.1:" + registry.getAddress().getPort()),
        PlatformSettings.current());
  }

  @Test
  void aSubjectsOwnLevelIsNamedBesideTheRegistrys() throws Exception {
    subjects = "[\"%s\", \"daily_records-value\"]".formatted(BUCKETS);
    own.put("/config/daily_records-value", "FULL");

    assertThat(schemas().differences())
        .extracting(Difference::toString)
        .containsExactly(
            "compatibility is NONE instead of BACKWARD",
            "subject daily_records-value has the compatibility FULL instead of BACKWARD");
  }

  @Test
  void everySubjectOfThePlatformGetsALevelOfItsOwnAndTheRegistryKeepsIts() throws Exception {
    Schemas schemas = schemas();

    for (Difference difference : schemas.differences()) {
      assertThat(difference.says()).isEqualTo("has the compatibility NONE instead of BACKWARD");
      difference.mend().apply();
    }

    assertThat(levelled)
        .contains(BUCKETS, "daily_records-key", "daily_records-value", "run_ledger-value")
        .doesNotContain("config", "of-others");
    assertThat(schemas.differences()).isEmpty();
  }
}

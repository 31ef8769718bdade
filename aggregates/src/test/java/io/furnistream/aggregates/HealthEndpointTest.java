package io.furnistream.aggregates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.furnistream.cli.CannotRunException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HealthEndpointTest {

  private final AtomicReference<String> state = new AtomicReference<>("REBALANCING");

  @Test
  void readyMeansRunning() throws Exception {
    try (HealthEndpoint endpoint = HealthEndpoint.start(0, state::get)) {
      assertThat(get(endpoint).statusCode()).isEqualTo(503);
      assertThat(get(endpoint).body()).isEqualTo("{\"state\":\"REBALANCING\"}");

      state.set("RUNNING");
      assertThat(get(endpoint).statusCode()).isEqualTo(200);
      assertThat(get(endpoint).body()).isEqualTo("{\"state\":\"RUNNING\"}");
    }
  }

  @Test
  void aTakenPortSaysWhatToDo() {
    try (HealthEndpoint first = HealthEndpoint.start(0, state::get)) {
      assertThatThrownBy(() -> HealthEndpoint.start(first.port(), state::get))
          .isInstanceOf(CannotRunException.class)
          .hasMessageContaining("FURNISTREAM_AGGREGATES_HEALTH_PORT");
    }
  }

  private static HttpResponse<String> get(HealthEndpoint endpoint) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + endpoint.port() + "/health"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}

package io.furnistream.stack.services;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Requests to the services' own HTTP interfaces, each with a limit. */
final class Http {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int FIRST_ERROR = 400;

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          // Python's servers log a warning for each offer to upgrade.
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(3))
          .build();

  private Http() {}

  /**
   * Asks for a resource.
   *
   * @return the answer's body
   * @throws IOException when there is no answer, or it is an error: the message holds its body
   */
  static String get(String url) throws IOException, InterruptedException {
    HttpResponse<String> response = send(request(url).GET().build());
    if (response.statusCode() >= FIRST_ERROR) {
      throw new IOException(
          "GET %s answered %d: %s".formatted(url, response.statusCode(), response.body()));
    }
    return response.body();
  }

  /** Sends a request and returns the answer, whatever its status. */
  static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** A request with this class's limit. */
  static HttpRequest.Builder request(String url) {
    return HttpRequest.newBuilder(URI.create(url)).timeout(LIMIT);
  }
}

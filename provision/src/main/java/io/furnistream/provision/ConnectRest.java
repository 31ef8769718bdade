package io.furnistream.provision;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.ClientProperties;
import io.furnistream.cli.Deadline;
import io.furnistream.cli.Endpoints;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/** Requests to Kafka Connect's REST API: of the first worker that answers and is not busy. */
final class ConnectRest {

  private static final String USER_INFO = "basic.auth.user.info";
  private static final String SSL = "ssl.";
  private static final ConfigDef SSL_PROPERTIES = new ConfigDef();

  static {
    SslConfigs.addClientSslSupport(SSL_PROPERTIES);
  }

  private static final int CONFLICT = 409;
  private static final int FIRST_SERVER_ERROR = 500;
  private static final Duration BUSY_LIMIT = Duration.ofMinutes(1);
  private static final Duration BUSY_PAUSE = Duration.ofMillis(500);
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final List<String> workers;
  private final String authorization;
  private final HttpClient client;

  /**
   * The REST API of a cluster of workers.
   *
   * @param workers its URLs, separated by commas
   * @param properties {@code ssl.…} as Kafka's clients have them, and {@code basic.auth.user.info}
   *     as the registry's have it; none where the API asks for neither
   * @throws CannotRunException when these are not taken; the message names the property or the
   *     variable
   */
  ConnectRest(String workers, Map<String, String> properties) {
    this.workers = HttpUrls.parse(workers, Endpoints.CONNECT_URL);
    String userInfo = properties.get(USER_INFO);
    this.authorization =
        userInfo == null
            ? null
            : "Basic "
                + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3));
    if (properties.keySet().stream().anyMatch(name -> name.startsWith(SSL))) {
      builder.sslContext(tls(properties));
    }
    this.client = builder.build();
  }

  private static SSLContext tls(Map<String, String> properties) {
    Map<String, String> ssl = new TreeMap<>(properties);
    ssl.keySet().removeIf(name -> !name.startsWith(SSL));
    try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
      factory.configure(SSL_PROPERTIES.parse(ssl));
      return factory.sslContext();
    } catch (KafkaException e) {
      throw new CannotRunException(
          "The properties %s%s* of the file that %s names are not taken: %s"
              .formatted(ClientProperties.CONNECT, SSL, ClientProperties.VARIABLE, e.getMessage()),
          e);
    }
  }

  /** What it is and where, for messages. */
  String place() {
    return "Kafka Connect at " + String.join(",", workers);
  }

  /**
   * Sends a request, and repeats it for up to a minute while every worker is busy: one that
   * rebalances answers 409 or 500 to what it will do a moment later.
   *
   * @param path such as {@code /connectors}
   * @param method sets the method and what it sends
   * @throws IOException when no worker answers
   */
  HttpResponse<String> send(String path, UnaryOperator<HttpRequest.Builder> method)
      throws IOException, InterruptedException {
    Deadline deadline = Deadline.in(BUSY_LIMIT);
    while (true) {
      HttpResponse<String> response = sendOnce(path, method);
      if (!isBusy(response.statusCode()) || deadline.hasPassed()) {
        return response;
      }
      TimeUnit.MILLISECONDS.sleep(BUSY_PAUSE.toMillis());
    }
  }

  /**
   * Sends a request to one worker after the other, until one answers that is not busy.
   *
   * @return that answer; where all that answer are busy, the last of theirs
   * @throws IOException when no worker answers
   */
  HttpResponse<String> sendOnce(String path, UnaryOperator<HttpRequest.Builder> method)
      throws IOException, InterruptedException {
    HttpResponse<String> busy = null;
    IOException silent = null;
    for (String worker : workers) {
      HttpRequest.Builder request =
          method.apply(HttpRequest.newBuilder(URI.create(worker + path)).timeout(LIMIT));
      if (authorization != null) {
        request.header("Authorization", authorization);
      }
      try {
        HttpResponse<String> response =
            client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (!isBusy(response.statusCode())) {
          return response;
        }
        busy = response;
      } catch (IOException e) {
        silent = e;
      }
    }
    if (busy == null) {
      throw silent;
    }
    return busy;
  }

  private static boolean isBusy(int status) {
    return status == CONFLICT || status >= FIRST_SERVER_ERROR;
  }
}

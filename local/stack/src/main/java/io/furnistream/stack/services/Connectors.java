package io.furnistream.stack.services;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.ConnectorDefinition;
import io.furnistream.cli.Deadline;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The connectors as code: one JSON file each, brought to Kafka Connect through its REST API. */
public final class Connectors {

  /** What {@link #apply} did with a connector. */
  public enum Change {
    CREATED,
    UPDATED,
    UNCHANGED
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NOT_FOUND = 404;
  private static final int CREATED = 201;
  private static final int FIRST_ERROR = 400;
  private static final int CONFLICT = 409;
  private static final int FIRST_SERVER_ERROR = 500;
  private static final Duration BUSY_LIMIT = Duration.ofMinutes(1);
  private static final Duration BUSY_PAUSE = Duration.ofMillis(500);

  private final String connectUrl;
  private final Path folder;

  /**
   * The connectors of a folder and the worker that runs them.
   *
   * @param connectUrl Connect's REST API
   * @param folder holds one {@code NAME.json} for each connector, as {@code {"name": …, "config":
   *     {…}}}
   */
  public Connectors(String connectUrl, Path folder) {
    this.connectUrl = connectUrl;
    this.folder = folder;
  }

  /**
   * Reads every definition, sorted by file name.
   *
   * @throws CannotRunException when a file is not a connector's definition; the message names it
   */
  static List<ConnectorDefinition> read(Path folder) throws IOException {
    List<ConnectorDefinition> definitions = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        definitions.add(ConnectorDefinition.read(file));
      }
    }
    return definitions;
  }

  /** The dead-letter topics that the connectors of a folder name. */
  static List<String> deadLetterTopics(Path folder) throws IOException {
    return read(folder).stream()
        .map(definition -> definition.config().get("errors.deadletterqueue.topic.name"))
        .filter(java.util.Objects::nonNull)
        .distinct()
        .toList();
  }

  /**
   * Makes the worker run what the files say. A connector that already runs like that is not
   * touched: putting the same configuration again would restart its tasks.
   *
   * @return what was done, by connector name
   */
  public Map<String, Change> apply() throws IOException, InterruptedException {
    Map<String, Change> changes = new TreeMap<>();
    for (ConnectorDefinition definition : read(folder)) {
      changes.put(definition.name(), apply(definition));
    }
    return changes;
  }

  /** Pauses, resumes or restarts one connector: {@code action} is Connect's own word. */
  public void act(String name, String action) throws IOException, InterruptedException {
    if (action.equals("restart")) {
      post(name, "/restart?includeTasks=true&onlyFailed=false");
      return;
    }
    HttpRequest.Builder request =
        Http.request(url(name) + "/" + action).PUT(HttpRequest.BodyPublishers.noBody());
    refuseError(name, send(request.build()));
  }

  private void post(String name, String path) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        Http.request(url(name) + path).POST(HttpRequest.BodyPublishers.noBody());
    refuseError(name, send(request.build()));
  }

  /**
   * Restarts what has failed, connectors and tasks, and nothing else.
   *
   * @return the names of the connectors that had failed parts
   */
  List<String> restartFailed() throws IOException, InterruptedException {
    List<String> restarted = new ArrayList<>();
    for (Map.Entry<String, JsonNode> connector : status().entrySet()) {
      if (connector.getValue().findValuesAsText("state").contains("FAILED")) {
        post(connector.getKey(), "/restart?includeTasks=true&onlyFailed=true");
        restarted.add(connector.getKey());
      }
    }
    return restarted;
  }

  /** State of every connector that the worker runs: Connect's own answer, by name. */
  public Map<String, JsonNode> status() throws IOException, InterruptedException {
    HttpResponse<String> response =
        send(Http.request(connectUrl + "/connectors?expand=status").GET().build());
    if (response.statusCode() >= FIRST_ERROR) {
      throw new IOException(
          "GET /connectors answered %d: %s".formatted(response.statusCode(), response.body()));
    }
    JsonNode all = JSON.readTree(response.body());
    Map<String, JsonNode> states = new TreeMap<>();
    all.properties().forEach(entry -> states.put(entry.getKey(), entry.getValue().get("status")));
    return states;
  }

  private Change apply(ConnectorDefinition definition) throws IOException, InterruptedException {
    HttpResponse<String> running =
        send(Http.request(url(definition.name()) + "/config").GET().build());
    if (running.statusCode() == NOT_FOUND) {
      return put(definition);
    }
    refuseError(definition.name(), running);
    Map<String, String> config = JSON.readValue(running.body(), new TypeReference<>() {});
    config.remove("name");
    return config.equals(definition.config()) ? Change.UNCHANGED : put(definition);
  }

  private Change put(ConnectorDefinition definition) throws IOException, InterruptedException {
    HttpResponse<String> response =
        send(
            Http.request(url(definition.name()) + "/config")
                .header("Content-Type", "application/json")
                .PUT(
                    HttpRequest.BodyPublishers.ofString(
                        JSON.writeValueAsString(definition.config())))
                .build());
    refuseError(definition.name(), response);
    return response.statusCode() == CREATED ? Change.CREATED : Change.UPDATED;
  }

  /**
   * Sends a request, and repeats it for up to a minute while the worker is busy: one that
   * rebalances answers 409 or 500 to what it will do a moment later.
   */
  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    Deadline deadline = Deadline.in(BUSY_LIMIT);
    while (true) {
      HttpResponse<String> response = Http.send(request);
      if (!isBusy(response.statusCode()) || deadline.hasPassed()) {
        return response;
      }
      TimeUnit.MILLISECONDS.sleep(BUSY_PAUSE.toMillis());
    }
  }

  private static boolean isBusy(int status) {
    return status == CONFLICT || status >= FIRST_SERVER_ERROR;
  }

  private String url(String name) {
    return connectUrl + "/connectors/" + URLEncoder.encode(name, StandardCharsets.UTF_8);
  }

  private static void refuseError(String name, HttpResponse<String> response) {
    if (response.statusCode() >= FIRST_ERROR) {
      throw new CannotRunException(
          "Kafka Connect refused connector '%s' (%d): %s"
              .formatted(name, response.statusCode(), response.body()));
    }
  }
}

package io.furnistream.provision;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.ClientProperties;
import io.furnistream.cli.ConnectorDefinition;
import io.furnistream.schemas.ConnectorSettings;
import io.furnistream.schemas.PlatformSettings;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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

  private final ConnectRest rest;
  private final Path folder;
  private final PlatformSettings settings;

  /**
   * The connectors of a folder, and the workers that run them.
   *
   * @param connectUrl Connect's REST API, or a list of those of several workers
   * @param clients what that asks for: TLS, a password
   * @param folder holds one {@code NAME.json} for each connector, as {@code {"name": …, "config":
   *     {…}}}
   * @param settings how many tasks and copies there are to be
   * @throws CannotRunException when the URL or the properties are not taken
   */
  public Connectors(
      String connectUrl, ClientProperties clients, Path folder, PlatformSettings settings) {
    this.rest = new ConnectRest(connectUrl, clients.connect());
    this.folder = folder;
    this.settings = settings;
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
        .filter(Objects::nonNull)
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
    for (ConnectorDefinition definition : wanted()) {
      changes.put(definition.name(), apply(definition));
    }
    return changes;
  }

  /** What the files say, with the numbers of the settings. */
  private List<ConnectorDefinition> wanted() throws IOException {
    return read(folder).stream()
        .map(
            each ->
                new ConnectorDefinition(
                    each.name(), ConnectorSettings.apply(each.name(), each.config(), settings)))
        .toList();
  }

  /** Where the worker does not run, or not what the files say with the numbers of the settings. */
  List<Difference> differences() throws IOException, InterruptedException {
    List<Difference> differences = new ArrayList<>();
    Map<String, JsonNode> states = status();
    for (ConnectorDefinition definition : wanted()) {
      String thing = "connector " + definition.name();
      Map<String, String> running = running(definition.name());
      if (running == null) {
        differences.add(new Difference(thing, "is missing", () -> did(put(definition))));
      } else if (!running.equals(definition.config())) {
        differences.add(
            new Difference(
                thing,
                "differs in " + String.join(", ", differing(running, definition.config())),
                () -> did(put(definition))));
      }
      ConnectorState.difference(definition.name(), states.get(definition.name()))
          .ifPresent(differences::add);
    }
    return differences;
  }

  private static String did(Change change) {
    return "was " + change.name().toLowerCase(Locale.ROOT);
  }

  /** Names only: a value may be a secret. */
  private static Set<String> differing(Map<String, String> left, Map<String, String> right) {
    Set<String> names = new TreeSet<>(left.keySet());
    names.addAll(right.keySet());
    names.removeIf(name -> Objects.equals(left.get(name), right.get(name)));
    return names;
  }

  /** What runs them and where, for messages. */
  String place() {
    return rest.place();
  }

  /**
   * Asks whether a worker serves.
   *
   * @throws CannotRunException when it never will, asked like this
   */
  void ping() throws IOException, InterruptedException {
    HttpResponse<String> response;
    try {
      response = rest.sendOnce("/connectors", HttpRequest.Builder::GET);
    } catch (IOException e) {
      if (Refusal.isMistrust(e)) {
        throw Refusal.of(place(), e, "connect.ssl.*");
      }
      throw e;
    }
    if (response.statusCode() >= FIRST_ERROR) {
      IOException error =
          new IOException(
              "GET /connectors answered %d: %s".formatted(response.statusCode(), response.body()));
      if (Refusal.is(response.statusCode())) {
        throw Refusal.of(place(), error, "connect.basic.auth.user.info");
      }
      throw error;
    }
  }

  /** Pauses, resumes or restarts one connector: {@code action} is Connect's own word. */
  public void act(String name, String action) throws IOException, InterruptedException {
    if (action.equals("restart")) {
      post(name, "/restart?includeTasks=true&onlyFailed=false");
      return;
    }
    refuseError(
        name,
        rest.send(
            path(name) + "/" + action,
            request -> request.PUT(HttpRequest.BodyPublishers.noBody())));
  }

  private void post(String name, String path) throws IOException, InterruptedException {
    refuseError(
        name,
        rest.send(path(name) + path, request -> request.POST(HttpRequest.BodyPublishers.noBody())));
  }

  /**
   * Restarts what has failed on a worker, connectors and tasks, and nothing else.
   *
   * @param worker its host:port, as it advertises it: each worker of a cluster looks after its own
   * @return the names of the connectors that had failed parts
   */
  public List<String> restartFailed(String worker) throws IOException, InterruptedException {
    List<String> restarted = new ArrayList<>();
    for (Map.Entry<String, JsonNode> connector : status().entrySet()) {
      if (hasFailedOn(worker, connector.getValue())) {
        post(connector.getKey(), "/restart?includeTasks=true&onlyFailed=true");
        restarted.add(connector.getKey());
      }
    }
    return restarted;
  }

  private static boolean hasFailedOn(String worker, JsonNode status) {
    return status.findParents("worker_id").stream()
        .filter(part -> part.path("worker_id").asText().equals(worker))
        .anyMatch(part -> part.path("state").asText().equals("FAILED"));
  }

  /** State of every connector that the worker runs: Connect's own answer, by name. */
  public Map<String, JsonNode> status() throws IOException, InterruptedException {
    HttpResponse<String> response =
        rest.send("/connectors?expand=status", HttpRequest.Builder::GET);
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
    return definition.config().equals(running(definition.name()))
        ? Change.UNCHANGED
        : put(definition);
  }

  /** Properties of a connector that the worker runs; null when it runs none of that name. */
  private Map<String, String> running(String name) throws IOException, InterruptedException {
    HttpResponse<String> running = rest.send(path(name) + "/config", HttpRequest.Builder::GET);
    if (running.statusCode() == NOT_FOUND) {
      return null;
    }
    refuseError(name, running);
    Map<String, String> config = JSON.readValue(running.body(), new TypeReference<>() {});
    config.remove("name");
    return config;
  }

  private Change put(ConnectorDefinition definition) throws IOException, InterruptedException {
    String config = JSON.writeValueAsString(definition.config());
    HttpResponse<String> response =
        rest.send(
            path(definition.name()) + "/config",
            request ->
                request
                    .header("Content-Type", "application/json")
                    .PUT(HttpRequest.BodyPublishers.ofString(config)));
    refuseError(definition.name(), response);
    return response.statusCode() == CREATED ? Change.CREATED : Change.UPDATED;
  }

  private static String path(String name) {
    return "/connectors/" + URLEncoder.encode(name, StandardCharsets.UTF_8);
  }

  private static void refuseError(String name, HttpResponse<String> response) {
    if (response.statusCode() >= FIRST_ERROR) {
      throw new CannotRunException(
          "Kafka Connect refused connector '%s' (%d): %s"
              .formatted(name, response.statusCode(), response.body()));
    }
  }
}

package io.furnistream.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Deadline;
import io.furnistream.stack.services.WebAccess;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Airflow's REST API, as far as the commands need it. Every request and every wait has a limit. */
public final class AirflowClient {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(30);

  /** The supervisor restarts a dead server, which takes some 20 s. */
  private static final Duration RESTARTED_WITHIN = Duration.ofSeconds(90);

  private static final Duration POLL = Duration.ofMillis(500);
  private static final int FIRST_ERROR = 400;
  private static final int SERVER_ERROR = 500;
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;
  private static final int UNPROCESSABLE = 422;

  /** Airflow returns no more at once. */
  private static final int PAGE = 100;

  private static final Set<String> ENDS = Set.of("success", "failed");

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_LIMIT)
          .build();
  private final WebAccess access;
  private String token = "";

  public AirflowClient(WebAccess access) {
    this.access = access;
  }

  /**
   * A run of a DAG.
   *
   * @param id names it among the runs of its DAG
   * @param state queued, running, success or failed
   */
  public record DagRun(String id, String state) {

    public boolean hasEnded() {
      return ENDS.contains(state);
    }

    public boolean hasSucceeded() {
      return state.equals("success");
    }
  }

  /**
   * A task of a run.
   *
   * @param task names it in its DAG
   * @param mapIndex which of a task that is run several times over, from 0; -1 for one that is not
   * @param state Airflow's word for it; empty when it was not scheduled yet
   * @param tries how often it was started
   */
  public record TaskInstance(String task, int mapIndex, String state, int tries) {}

  /**
   * Starts a run of a DAG for no date of its own.
   *
   * @param conf its parameters
   * @throws CannotRunException when Airflow refuses them; the message holds its reason
   */
  public DagRun trigger(String dag, Map<String, ?> conf) throws IOException, InterruptedException {
    ObjectNode body = JSON.createObjectNode().putNull("logical_date");
    body.set("conf", JSON.valueToTree(conf));
    HttpResponse<String> response = authorized(runs(dag), body);
    if (response.statusCode() == BAD_REQUEST || response.statusCode() == UNPROCESSABLE) {
      throw new CannotRunException(
          "Airflow refuses to run %s with %s: %s".formatted(dag, conf, response.body()));
    }
    return dagRun(read(response));
  }

  /** The state of a run. */
  public DagRun run(String dag, String runId) throws IOException, InterruptedException {
    return dagRun(get(runs(dag) + "/" + encoded(runId)));
  }

  /** The run of a DAG that was started by an asset event from a run of another DAG. */
  Optional<DagRun> startedBy(DagRun sender, String dag) throws IOException, InterruptedException {
    JsonNode latest =
        get("%s?run_type=asset_triggered&order_by=-run_after&limit=%d".formatted(runs(dag), PAGE))
            .path("dag_runs");
    for (JsonNode run : latest) {
      DagRun started = dagRun(run);
      for (JsonNode event :
          get(runs(dag) + "/" + encoded(started.id()) + "/upstreamAssetEvents")
              .path("asset_events")) {
        if (event.path("source_run_id").asText().equals(sender.id())) {
          return Optional.of(started);
        }
      }
    }
    return Optional.empty();
  }

  /** The tasks of a run, all of them. */
  public List<TaskInstance> taskInstances(String dag, String runId)
      throws IOException, InterruptedException {
    List<TaskInstance> all = new ArrayList<>();
    JsonNode page;
    do {
      page =
          get(
              "%s/%s/taskInstances?limit=%d&offset=%d"
                  .formatted(runs(dag), encoded(runId), PAGE, all.size()));
      for (JsonNode task : page.path("task_instances")) {
        all.add(
            new TaskInstance(
                task.path("task_id").asText(),
                task.path("map_index").asInt(),
                task.path("state").asText(""),
                task.path("try_number").asInt()));
      }
    } while (!page.path("task_instances").isEmpty()
        && all.size() < page.path("total_entries").asInt());
    return all;
  }

  /**
   * Waits until Airflow has read a DAG: it does so some seconds after its start.
   *
   * @throws CannotRunException when it has not within the limit
   */
  public void awaitDag(String dag, Duration limit) throws IOException, InterruptedException {
    Deadline deadline = Deadline.in(limit);
    String path = "/api/v2/dags/" + encoded(dag);
    HttpResponse<String> response = authorized(path, null);
    while (response.statusCode() == NOT_FOUND) {
      if (deadline.hasPassed()) {
        throw new CannotRunException(
            "Airflow has not found the DAG %s within %d s. What it could not read: %s/dags"
                .formatted(dag, limit.toSeconds(), access.url()));
      }
      TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
      response = authorized(path, null);
    }
    read(response);
  }

  /**
   * Any resource of the API, by its path. A request to a server that is being restarted, or fails
   * internally, is repeated for a while.
   */
  public JsonNode get(String path) throws IOException, InterruptedException {
    Deadline deadline = Deadline.in(RESTARTED_WITHIN);
    while (true) {
      try {
        HttpResponse<String> response = authorized(path, null);
        if (response.statusCode() < SERVER_ERROR || deadline.hasPassed()) {
          return read(response);
        }
      } catch (IOException e) {
        if (deadline.hasPassed()) {
          throw e;
        }
      }
      TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
    }
  }

  private static String runs(String dag) {
    return "/api/v2/dags/" + encoded(dag) + "/dagRuns";
  }

  private static DagRun dagRun(JsonNode run) {
    return new DagRun(run.path("dag_run_id").asText(), run.path("state").asText());
  }

  /** A token lasts a day, and ends with the stack that gave it. */
  private HttpResponse<String> authorized(String path, JsonNode body)
      throws IOException, InterruptedException {
    if (token.isEmpty()) {
      signIn();
    }
    HttpResponse<String> response = send(path, body);
    if (response.statusCode() == UNAUTHORIZED) {
      signIn();
      response = send(path, body);
    }
    return response;
  }

  private void signIn() throws IOException, InterruptedException {
    token = "";
    JsonNode credentials =
        JSON.createObjectNode().put("username", access.user()).put("password", access.password());
    token = read(send("/auth/token", credentials)).path("access_token").asText();
  }

  /** POST when there is a body, else GET. */
  private HttpResponse<String> send(String path, JsonNode body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(access.url() + path)).timeout(REQUEST_LIMIT);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (body != null) {
      request
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** An internal server error may be over soon; what it refuses stays refused. */
  private static JsonNode read(HttpResponse<String> response) throws IOException {
    String answer =
        "%s answered %d: %s".formatted(response.uri(), response.statusCode(), response.body());
    if (response.statusCode() >= SERVER_ERROR) {
      throw new IOException(answer);
    }
    if (response.statusCode() >= FIRST_ERROR) {
      throw new CannotRunException(answer);
    }
    return JSON.readTree(response.body());
  }

  private static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

package io.furnistream.endtoend.full;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Superset's pages and REST API, for somebody who has signed in or for the anonymous. */
final class SupersetClient {

  /** An answer, whatever its status; {@code json} is missing when it is none. */
  record Answer(int status, HttpResponse<byte[]> response, JsonNode json) {

    String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String BOUNDARY = "furnistream-boundary";

  private final String url;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          // A session's CSRF token is valid only in that session.
          .cookieHandler(new CookieManager())
          .build();
  private String token = "";
  private String csrf = "";

  private SupersetClient(String url) {
    this.url = url;
  }

  static SupersetClient anonymous(String url) {
    return new SupersetClient(url);
  }

  /** Signs in, which must succeed. */
  static SupersetClient signedIn(String url, String user, String password) throws Exception {
    SupersetClient client = new SupersetClient(url);
    Answer answer = client.signIn(user, password);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    client.token = answer.json().path("access_token").asText();
    client.csrf = client.get("/api/v1/security/csrf_token/").json().path("result").asText();
    return client;
  }

  Answer signIn(String user, String password) throws Exception {
    ObjectNode body = JSON.createObjectNode().put("username", user).put("password", password);
    return post("/api/v1/security/login", body.put("provider", "db").put("refresh", false));
  }

  Answer get(String path) throws Exception {
    return send(request(path).GET());
  }

  Answer post(String path, JsonNode body) throws Exception {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  Answer delete(String path) throws Exception {
    return send(request(path).DELETE());
  }

  /** Imports a bundle of dashboards. */
  Answer importAssets(byte[] bundle, Map<String, String> passwords) throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    part(body, "name=\"bundle\"; filename=\"dashboards.zip\"", bundle);
    part(body, "name=\"passwords\"", JSON.writeValueAsBytes(passwords));
    body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return send(
        request("/api/v1/assets/import/")
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));
  }

  /** Runs a statement in SQL Lab. */
  Answer sql(int database, String statement) throws Exception {
    return post(
        "/api/v1/sqllab/execute/",
        JSON.createObjectNode()
            .put("database_id", database)
            .put("sql", statement)
            .put("runAsync", false)
            .put("queryLimit", 100));
  }

  /** The number by which Superset knows a database. */
  int database(String name) throws Exception {
    for (JsonNode each : get("/api/v1/database/").json().path("result")) {
      if (each.path("database_name").asText().equals(name)) {
        return each.path("id").asInt();
      }
    }
    throw new AssertionError("Superset has no database " + name);
  }

  private static void part(ByteArrayOutputStream body, String name, byte[] content) {
    body.writeBytes(
        ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + name + "\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    body.writeBytes(content);
    body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path)).timeout(LIMIT).header("Referer", url);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return csrf.isEmpty() ? request : request.header("X-CSRFToken", csrf);
  }

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    boolean isJson =
        response.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
    JsonNode json = isJson ? JSON.readTree(response.body()) : MissingNode.getInstance();
    return new Answer(response.statusCode(), response, json);
  }
}

package io.furnistream.aggregates.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.confluent.kafka.schemaregistry.client.SchemaMetadata;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.schemaregistry.testutil.MockSchemaRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/**
 * What {@link TestRegistry} holds, over HTTP: it answers 404 where Confluent's registry in memory,
 * asked for the version of another subject's schema, throws a NullPointerException.
 */
public final class RegistryServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern BY_ID = Pattern.compile("/schemas/ids/(-?\\d+)");
  private static final Pattern LATEST = Pattern.compile("/subjects/([^/]+)/versions/latest");
  private static final Pattern LOOKUP = Pattern.compile("/subjects/([^/]+)");

  static {
    // Otherwise each answer waits 40 ms for the client to acknowledge its headers.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final SchemaRegistryClient held = MockSchemaRegistry.getClientForScope("aggregates");
  private final Map<Integer, Integer> refusals = new ConcurrentHashMap<>();
  private final HttpServer server;

  private RegistryServer(HttpServer server) {
    this.server = server;
  }

  public static RegistryServer start() throws IOException {
    RegistryServer registry =
        new RegistryServer(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    registry.server.createContext("/", registry::answer);
    registry.server.start();
    return registry;
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers the question for an id with another status than 404. */
  public void refuse(int id, int status) {
    refusals.put(id, status);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    SchemaMetadata schema = asked(exchange);
    byte[] body =
        JSON.writeValueAsBytes(
            schema == null
                ? Map.of("error_code", 40403, "message", "there is none")
                : Map.of(
                    "subject",
                    schema.getSubject(),
                    "id",
                    schema.getId(),
                    "version",
                    schema.getVersion(),
                    "schema",
                    schema.getSchema()));
    exchange.sendResponseHeaders(schema == null ? refusal(exchange) : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private int refusal(HttpExchange exchange) {
    Matcher byId = BY_ID.matcher(exchange.getRequestURI().getPath());
    return byId.matches() ? refusals.getOrDefault(Integer.valueOf(byId.group(1)), 404) : 404;
  }

  private SchemaMetadata asked(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Matcher byId = BY_ID.matcher(path);
    if (byId.matches()) {
      int id = Integer.parseInt(byId.group(1));
      return last(schema -> schema.getId() == id);
    }
    Matcher latest = LATEST.matcher(path);
    if (latest.matches()) {
      return last(schema -> schema.getSubject().equals(latest.group(1)));
    }
    Matcher lookup = LOOKUP.matcher(path);
    if (!lookup.matches()) {
      return null;
    }
    Schema written = parsed(JSON.readTree(exchange.getRequestBody()).path("schema").asText());
    return last(
        schema ->
            schema.getSubject().equals(lookup.group(1))
                && parsed(schema.getSchema()).equals(written));
  }

  private SchemaMetadata last(Predicate<SchemaMetadata> which) throws IOException {
    List<SchemaMetadata> found = new ArrayList<>();
    try {
      for (String subject : held.getAllSubjects()) {
        for (int version : held.getAllVersions(subject)) {
          SchemaMetadata schema = held.getSchemaMetadata(subject, version);
          if (which.test(schema)) {
            found.add(schema);
          }
        }
      }
    } catch (RestClientException e) {
      throw new IOException(e);
    }
    return found.isEmpty() ? null : found.get(found.size() - 1);
  }

  private static Schema parsed(String text) {
    return new Schema.Parser().parse(text);
  }
}

package io.furnistream.connectors.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.confluent.kafka.serializers.subject.RecordNameStrategy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server of Confluent's API that answers as configured, or not at all. */
class RetryingAvroConverterTest {

  /** Magic byte, schema id 7, and the Avro string "ab". */
  private static final byte[] RECORD = {0, 0, 0, 0, 7, 4, 'a', 'b'};

  private static final int SOUND = 200;

  private final AtomicInteger status = new AtomicInteger(SOUND);
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicReference<String> subject = new AtomicReference<>("t-value");
  private final AtomicReference<String> type = new AtomicReference<>("AVRO");
  private final AtomicReference<String> page = new AtomicReference<>();
  private final AtomicReference<String> schema = new AtomicReference<>("\\\"string\\\"");

  /** How it answers the question for a schema's version. */
  private final AtomicInteger versions = new AtomicInteger(SOUND);

  private HttpServer registry;
  private int port;

  @BeforeEach
  void start() throws IOException {
    registry = listen(0);
    port = registry.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    registry.stop(0);
  }

  @Test
  void convertsLikeConfluents() {
    SchemaAndValue converted = converter().toConnectData("t", RECORD);

    assertThat(converted.value()).isEqualTo("ab");
    assertThat(converter().toConnectData("t", null)).isEqualTo(SchemaAndValue.NULL);
  }

  @Test
  void waitsForARegistryThatIsDown() throws Exception {
    registry.stop(0);
    CompletableFuture<SchemaAndValue> conversion =
        CompletableFuture.supplyAsync(() -> converter().toConnectData("t", RECORD));
    await("the conversion outlives several refused connections")
        .during(Duration.ofSeconds(4))
        .atMost(Duration.ofSeconds(6))
        .until(() -> !conversion.isDone());

    registry = listen(port);

    assertThat(conversion.get(30, TimeUnit.SECONDS).value()).isEqualTo("ab");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 408, 429, 500, 502, 503, 504})
  void waitsForARegistryThatAnswersWithAnError(int error) throws Exception {
    status.set(error);
    CompletableFuture<SchemaAndValue> conversion =
        CompletableFuture.supplyAsync(() -> converter().toConnectData("t", RECORD));
    await("the registry has refused a second conversion")
        .atMost(Duration.ofSeconds(30))
        .until(() -> requests.get() > 1);
    assertThat(conversion).isNotDone();

    status.set(SOUND);

    assertThat(conversion.get(30, TimeUnit.SECONDS).value()).isEqualTo("ab");
  }

  @Test
  void waitsForARegistryWithoutTheSubject() throws Exception {
    status.set(404);
    subject.set("other-value");
    CompletableFuture<SchemaAndValue> conversion =
        CompletableFuture.supplyAsync(() -> converter().toConnectData("t", RECORD));
    await("the registry has been asked for a second time")
        .atMost(Duration.ofSeconds(30))
        .until(() -> requests.get() > 3);
    assertThat(conversion).isNotDone();

    subject.set("t-value");
    status.set(SOUND);

    assertThat(conversion.get(30, TimeUnit.SECONDS).value()).isEqualTo("ab");
  }

  /** What it saw of the registry counts for a second, not for as long as the client remembers. */
  @Test
  void waitsForARegistryThatLosesItsSchemas() throws Exception {
    Converter converter = converter();
    status.set(404);
    assertThatThrownBy(() -> converter.toConnectData("t", RECORD))
        .isInstanceOf(DataException.class);
    subject.set("other-value");

    AtomicReference<CompletableFuture<SchemaAndValue>> last = new AtomicReference<>();
    await("a record waits")
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              int before = requests.get();
              byte[] next = {0, 0, 0, 1, (byte) before, 4, 'c', 'd'};
              CompletableFuture<SchemaAndValue> conversion =
                  CompletableFuture.supplyAsync(() -> converter.toConnectData("t", next));
              last.set(conversion);
              await("a verdict or a second question")
                  .atMost(Duration.ofSeconds(10))
                  .until(() -> conversion.isDone() || requests.get() > before + 2);
              return !conversion.isDone();
            });
    subject.set("t-value");
    status.set(SOUND);

    assertThat(last.get().get(30, TimeUnit.SECONDS).value()).isEqualTo("cd");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>Welcome</html>", "{}", "{\"status\": \"UP\"}"})
  void waitsWhileAProxyAnswersForTheRegistry(String text) throws Exception {
    page.set(text);
    CompletableFuture<SchemaAndValue> conversion =
        CompletableFuture.supplyAsync(() -> converter().toConnectData("t", RECORD));
    await("the page has come for a second time")
        .atMost(Duration.ofSeconds(30))
        .until(() -> conversion.isDone() || requests.get() > 1);
    assertThat(conversion).isNotDone();

    page.set(null);

    assertThat(conversion.get(30, TimeUnit.SECONDS).value()).isEqualTo("ab");
  }

  /** The registry has the subject, and will say no different tomorrow. */
  @ParameterizedTest
  @ValueSource(ints = {400, 404, 405, 409, 410, 422})
  void anIdThatIsRefusedIsAtFault(int refusal) {
    status.set(refusal);

    assertThatThrownBy(() -> converter().toConnectData("t", RECORD))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no schema 7 of t-value");
  }

  /** The subject to wait for would be in a schema that a registry without it cannot return. */
  @Test
  void aSubjectThatDoesNotFollowFromTheTopicIsRefused() {
    assertThatThrownBy(
            () ->
                new RetryingAvroConverter()
                    .configure(
                        Map.of(
                            "schema.registry.url",
                            "http://127.0.0.1:" + port,
                            "value.subject.name.strategy",
                            RecordNameStrategy.class.getName()),
                        false))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("value.subject.name.strategy");
  }

  /** The registry returns it by its id; only the request for its version shows the fault. */
  @Test
  void aSchemaOfAnotherSubjectIsAtFault() {
    versions.set(404);

    assertThatThrownBy(() -> converter().toConnectData("t", RECORD))
        .isInstanceOf(DataException.class);
  }

  @ParameterizedTest
  @CsvSource({"JSON,{}", "PROTOBUF,string", "AVRO,no schema", "AVRO,{}"})
  void aSchemaThatIsNotAvrosIsAtFault(String kind, String text) {
    type.set(kind);
    schema.set(text);

    assertThatThrownBy(() -> converter().toConnectData("t", RECORD))
        .isInstanceOf(DataException.class);
  }

  /** Two to the power of thirty types, all of which the plain converter would create. */
  @Test
  void aSchemaThatFillsTheHeapIsAtFault() {
    String text = "{'type':'record','name':'R0','fields':[]}";
    for (int n = 1; n <= 30; n++) {
      text =
          "{'type':'record','name':'R%d','fields':[{'name':'a','type':%s},{'name':'b','type':'R%d'}]}"
              .formatted(n, text, n - 1);
    }
    schema.set(text.replace("'", "\\\""));

    assertThatThrownBy(() -> converter().toConnectData("t", new byte[] {0, 0, 0, 0, 7}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("too large");
  }

  @Test
  void aRecordAtFaultFailsAtOnce() {
    byte[] noMagicByte = {9, 0, 0, 0, 7, 4, 'a', 'b'};
    byte[] endsTooEarly = {0, 0, 0, 0, 7, 4, 'a'};

    assertThatThrownBy(() -> converter().toConnectData("t", noMagicByte))
        .isInstanceOf(DataException.class);
    assertThatThrownBy(() -> converter().toConnectData("t", endsTooEarly))
        .isInstanceOf(DataException.class);
  }

  /** Taken for a tombstone it would delete what aggregates and verify still count. */
  @Test
  void nullInAvroIsNotATombstone() {
    schema.set("[\\\"null\\\",\\\"string\\\"]");

    assertThatThrownBy(() -> converter().toConnectData("t", new byte[] {0, 0, 0, 0, 7, 0}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("not a tombstone");
    assertThat(converter().toConnectData("t", new byte[] {0, 0, 0, 0, 7, 2, 2, 'a'}).value())
        .isEqualTo("a");
  }

  /** An error, which is not an exception, would end the task. */
  @Test
  void aRecordNestedTooDeepIsAtFault() {
    schema.set(
        "{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"R\\\",\\\"fields\\\":[{\\\"name\\\":\\\"next\\\","
            + "\\\"type\\\":[\\\"null\\\",\\\"R\\\"]}]}");
    byte[] deep = new byte[900_000];
    Arrays.fill(deep, (byte) 2);
    System.arraycopy(RECORD, 0, deep, 0, 5);
    deep[deep.length - 1] = 0;

    assertThatThrownBy(() -> converter().toConnectData("t", deep))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("nested too deep");
  }

  @Test
  void connectFindsIt() {
    assertThat(ServiceLoader.load(Converter.class))
        .hasAtLeastOneElementOfType(RetryingAvroConverter.class);
  }

  private Converter converter() {
    RetryingAvroConverter converter = new RetryingAvroConverter();
    converter.configure(
        Map.of("schema.registry.url", "http://127.0.0.1:" + port, "max.retries", "0"), false);
    return converter;
  }

  private HttpServer listen(int wanted) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          String path = exchange.getRequestURI().getPath();
          int answer;
          if (path.equals("/subjects/" + subject.get() + "/versions/latest")) {
            answer = SOUND;
          } else if (path.startsWith("/subjects/")) {
            answer = Math.max(status.get(), versions.get());
          } else {
            answer = status.get();
          }
          byte[] body =
              (page.get() != null
                      ? page.get()
                      : answer == SOUND
                          ? "{\"subject\":\"t-value\",\"version\":1,\"id\":7,\"schemaType\":\""
                              + type.get()
                              + "\",\"schema\":\""
                              + schema.get()
                              + "\"}"
                          : "{\"error_code\":" + answer + ",\"message\":\"as configured\"}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }
}

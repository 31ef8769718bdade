package io.furnistream.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Ticker;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that answers as Apicurio 3.0.9 does under /apis/ccompat/v7. */
class WriterSchemasTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern BY_ID = Pattern.compile("/schemas/ids/(-?\\d+)");
  private static final Pattern LATEST = Pattern.compile("/subjects/([^/]+)/versions/latest");
  private static final Pattern REFERENCE = Pattern.compile("/subjects/its/versions/1");
  private static final Pattern LOOKUP = Pattern.compile("/subjects/([^/]+)");
  private static final Schema OURS =
      SchemaBuilder.record("Ours").fields().requiredString("a").endRecord();
  private static final Schema THEIRS =
      SchemaBuilder.record("Theirs").fields().requiredString("a").endRecord();

  private final Map<Integer, Map<String, ?>> ids = new HashMap<>();
  private final Map<String, String> subjects = new HashMap<>();
  private final Set<String> deleted = new HashSet<>();
  private final AtomicInteger questions = new AtomicInteger();
  private final AtomicLong clock = new AtomicLong();
  private Function<HttpExchange, Answer> answers = this::likeARegistry;
  private HttpServer server;
  private WriterSchemas schemas;

  private record Answer(int status, String body) {}

  @BeforeEach
  void start() throws IOException {
    ids.put(7, Map.of("schema", OURS.toString(), "schemaType", "AVRO"));
    ids.put(8, Map.of("schema", THEIRS.toString(), "schemaType", "AVRO"));
    subjects.put("sales-value", OURS.toString());
    subjects.put("io.other.Theirs", THEIRS.toString());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    schemas =
        new WriterSchemas(
            WriterSchemas.client(
                List.of("http://127.0.0.1:" + server.getAddress().getPort()),
                Map.of(SchemaRegistryClientConfig.MAX_RETRIES_CONFIG, 0),
                Map.of()),
            new Ticker() {
              @Override
              public long read() {
                return clock.get();
              }
            });
  }

  @AfterEach
  void stop() throws IOException {
    schemas.close();
    server.stop(0);
  }

  @Test
  void aSchemaOfTheSubjectIsAskedForOnce() {
    assertThat(schemas.of("sales-value", written(7))).isEqualTo(OURS);
    int asked = questions.get();
    assertThat(schemas.of("sales-value", written(7))).isEqualTo(OURS);
    assertThat(questions).hasValue(asked);
  }

  /** The registry hands it out by its id; Connect's converter asks for its version. */
  @Test
  void aSchemaOfAnotherSubjectIsTheRecordsFault() {
    isTheRecordsFault(written(8), "no schema 8 of sales-value");
  }

  /** Records that it wrote are as sound as they were. */
  @Test
  void aDeletedVersionStillCounts() {
    deleted.add("sales-value");

    assertThat(schemas.of("sales-value", written(7))).isEqualTo(OURS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          JSON     | {"type": "object"}
          PROTOBUF | syntax = "proto3"; message A { string a = 1; }
          AVRO     | no schema at all
          AVRO     | {"type": "record", "name": "a-b", "fields": []}
          AVRO     | {"type": "record", "name": "R", "fields": [{"name": "a", "type": "nosuch"}]}
          """)
  void aSchemaThatIsNotAvrosIsTheRecordsFault(String type, String text) {
    ids.put(9, Map.of("schema", text, "schemaType", type));

    isTheRecordsFault(written(9), "Schema 9 is not Avro's");
  }

  /** Two kilobytes of text, from which Connect's converter would create 2^30 types. */
  @Test
  void aSchemaThatGrowsWithoutEndIsTheRecordsFault() {
    ids.put(9, Map.of("schema", doubling(30), "schemaType", "AVRO"));
    isTheRecordsFault(written(9), "Schema 9 is not Avro's, or too large: It has more than 10000");

    StringBuilder chain = new StringBuilder("[").append(record("R0", "long"));
    for (int n = 1; n < 5_000; n++) {
      chain.append(",").append(record("R" + n, "R" + (n - 1)));
    }
    ids.put(10, Map.of("schema", chain.append("]").toString(), "schemaType", "AVRO"));
    isTheRecordsFault(written(10), "Schema 10 is not Avro's, or too large");
  }

  @Test
  void aTypeThatHoldsItselfAndOneThatIsUsedOftenAreSound() {
    int id = 9;
    for (String text : List.of(record("Tree", "Tree"), doubling(10))) {
      Schema schema = new Schema.Parser().parse(text);
      ids.put(id, Map.of("schema", text, "schemaType", "AVRO"));
      subjects.put("sales-value", schema.toString());
      assertThat(schemas.of("sales-value", written(id++))).isEqualTo(schema);
    }
  }

  private static String record(String name, String of) {
    return "{\"type\":\"record\",\"name\":\"%s\",\"fields\":[{\"name\":\"a\",\"type\":\"%s\"}]}"
        .formatted(name, of);
  }

  /** A record of two records of two records, and so on. */
  private static String doubling(int times) {
    return times == 0
        ? "{\"type\":\"record\",\"name\":\"R0\",\"fields\":[]}"
        : "{\"type\":\"record\",\"name\":\"R%d\",\"fields\":[{\"name\":\"a\",\"type\":%s},{\"name\":\"b\",\"type\":\"R%d\"}]}"
            .formatted(times, doubling(times - 1), times - 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 9, Integer.MAX_VALUE})
  void anUnknownIdIsTheRecordsFaultAndAskedForOnce(int id) {
    isTheRecordsFault(written(id), "no schema " + id);
    int asked = questions.get();
    isTheRecordsFault(written(id), "no schema " + id);
    assertThat(questions).hasValue(asked);
  }

  /** As Connect takes it, which remembers no refusal. */
  @Test
  void aSchemaRegisteredAfterItWasRefusedIsFoundWithinASecond() {
    isTheRecordsFault(written(9), "no schema 9");
    ids.put(9, Map.of("schema", OURS.toString()));

    clock.addAndGet(TimeUnit.SECONDS.toNanos(1));

    assertThat(schemas.of("sales-value", written(9))).isEqualTo(OURS);
  }

  @Test
  void anyNumberOfUnknownIdsCostOneQuestionEach() {
    isTheRecordsFault(written(100), "no schema 100");
    int asked = questions.get();
    for (int id = 101; id <= 150; id++) {
      isTheRecordsFault(written(id), "no schema " + id);
    }
    assertThat(questions).hasValue(asked + 50);
  }

  /** What was known of it a second ago no longer counts. */
  @Test
  void aRegistryThatLosesItsSchemasSaysNothingAboutTheRecordsThatFollow() {
    isTheRecordsFault(written(9), "no schema 9");
    ids.clear();
    subjects.clear();

    clock.addAndGet(TimeUnit.SECONDS.toNanos(1));

    saysNothingAboutTheRecord(10);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 405, 409, 410, 422})
  void anIdThatIsRefusedOtherwiseIsTheRecordsFault(int status) {
    answering(BY_ID, new Answer(status, "{\"error_code\": 1, \"message\": \"as configured\"}"));

    isTheRecordsFault(written(7), "no schema 7 of sales-value");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 408, 429, 500, 502, 503, 504})
  void aRegistryThatIsOutOfOrderSaysNothingAboutTheRecord(int status) {
    answering(BY_ID, new Answer(status, "{\"error_code\": 1, \"message\": \"as configured\"}"));

    saysNothingAboutTheRecord(7);
  }

  /** A schema that is made of another, which the registry hands out by its subject and version. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          503 | {"error_code": 503, "message": "out of order"}
          401 | {"error_code": 401, "message": "who are you"}
          200 | <html>Welcome</html>
          """)
  void aReferenceThatCannotBeFetchedSaysNothingAboutTheRecord(int status, String body) {
    referTo("its");
    answering(REFERENCE, new Answer(status, body));

    saysNothingAboutTheRecord(9);
  }

  @ParameterizedTest
  @CsvSource({"its,no schema 9 of sales-value", "'',Schema 9 is not Avro's"})
  void aReferenceToNothingIsTheRecordsFault(String subject, String message) {
    referTo(subject);
    answering(REFERENCE, notFound(40401));

    isTheRecordsFault(written(9), message);
  }

  @Test
  void anAnswerThatTheClientCannotReadSaysNothingAboutTheRecord() {
    answering(LOOKUP, new Answer(200, "{}"));

    saysNothingAboutTheRecord(7);
  }

  @Test
  void bytesWithoutAnIdAreTheRecordsFault() {
    isTheRecordsFault(new byte[] {0, 0, 0, 7}, "zero and a schema's id");
    isTheRecordsFault(new byte[] {1, 0, 0, 0, 7, 2, 'a'}, "zero and a schema's id");
    assertThat(questions).hasValue(0);
  }

  /** Its schemas are gone or have yet to come: also those of our ids may be others'. */
  @ParameterizedTest
  @ValueSource(ints = {7, 8, 9})
  void aRegistryWithoutTheSubjectSaysNothingAboutTheRecord(int id) {
    subjects.remove("sales-value");

    saysNothingAboutTheRecord(id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200 | <html>Welcome</html>
          200 | {"status": "UP"}
          200 | {}
          400 | {"error_code": 400, "message": "what is that"}
          401 | {"error_code": 401, "message": "who are you"}
          404 | {"error_code": 404, "message": "no such page"}
          404 | <html>no such page</html>
          503 | <html>out of order</html>
          """)
  void anAnswerNotFromARegistrySaysNothingAboutTheRecord(int status, String body) {
    answers = exchange -> new Answer(status, body);

    saysNothingAboutTheRecord(7);
    answers = this::likeARegistry;
    assertThat(schemas.of("sales-value", written(7))).as("then it is back").isEqualTo(OURS);
  }

  @Test
  void aRegistryThatIsDownSaysNothingAboutTheRecord() {
    server.stop(0);

    saysNothingAboutTheRecord(7);
  }

  private void isTheRecordsFault(byte[] bytes, String message) {
    assertThatThrownBy(() -> schemas.of("sales-value", bytes))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining(message);
  }

  private void saysNothingAboutTheRecord(int id) {
    assertThatThrownBy(() -> schemas.of("sales-value", written(id)))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("schema " + id + " of sales-value");
  }

  private void answering(Pattern question, Answer answer) {
    answers =
        exchange ->
            question.matcher(exchange.getRequestURI().getPath()).matches()
                ? answer
                : likeARegistry(exchange);
  }

  /** Schema 9 needs a schema of a subject; "" leaves the subject out, which nothing can be. */
  private void referTo(String subject) {
    Map<String, Object> reference = new HashMap<>(Map.of("name", "Theirs", "version", 1));
    if (!subject.isEmpty()) {
      reference.put("subject", subject);
    }
    ids.put(9, Map.of("schema", "[\"null\", \"Theirs\"]", "references", List.of(reference)));
  }

  private static byte[] written(int id) {
    return ByteBuffer.allocate(10).put((byte) 0).putInt(id).array();
  }

  private void answer(HttpExchange exchange) throws IOException {
    questions.incrementAndGet();
    Answer answer = answers.apply(exchange);
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private Answer likeARegistry(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    try {
      Matcher byId = BY_ID.matcher(path);
      if (byId.matches()) {
        Map<String, ?> schema = ids.get(Integer.valueOf(byId.group(1)));
        return schema == null ? notFound(40403) : found(schema);
      }
      Matcher latest = LATEST.matcher(path);
      if (latest.matches()) {
        String text = subjects.get(latest.group(1));
        return text == null
            ? notFound(40401)
            : found(Map.of("subject", latest.group(1), "id", 7, "version", 1, "schema", text));
      }
      Matcher lookup = LOOKUP.matcher(path);
      assertThat(lookup.matches()).as(path).isTrue();
      String subject = lookup.group(1);
      String asked = JSON.readTree(exchange.getRequestBody()).path("schema").asText();
      boolean shown =
          !deleted.contains(subject)
              || exchange.getRequestURI().getQuery().contains("deleted=true");
      if (!subjects.containsKey(subject)) {
        return notFound(40401);
      }
      return shown && subjects.get(subject).equals(asked)
          ? found(Map.of("subject", subject, "id", 7, "version", 1, "schema", asked))
          : notFound(40403);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Answer found(Map<String, ?> answer) throws IOException {
    return new Answer(200, JSON.writeValueAsString(answer));
  }

  private static Answer notFound(int code) {
    return new Answer(404, "{\"error_code\":" + code + ",\"message\":\"there is none\"}");
  }
}

package io.furnistream.aggregates.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.testutil.MockSchemaRegistry;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.furnistream.aggregates.testing.PlainLoop;
import io.furnistream.aggregates.testing.RegistryServer;
import io.furnistream.aggregates.testing.Sales;
import io.furnistream.aggregates.testing.TestRegistry;
import io.furnistream.aggregates.testing.TestRun;
import io.furnistream.registry.RegistryUnavailableException;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.DailyPuRevKey;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.Topic;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What cannot be read or breaks a rule goes to the dead-letter topic; a registry that fails sends
 * nothing there.
 */
class UnreadableRecordsTest {

  private static final DailyRecordKey KEY = Sales.key(Sales.DAY, 1);

  private static final DailyRecord CHAIR = Sales.chair(KEY).build();

  @TempDir Path folder;

  @Test
  void bytesThatAreNotAvro() throws Exception {
    deadLettered("no avro".getBytes(StandardCharsets.UTF_8), "zero and a schema's id");
  }

  @Test
  void anEmptyValue() throws Exception {
    deadLettered(new byte[0], "zero and a schema's id");
  }

  @Test
  void aTruncatedRecord() throws Exception {
    try (TestRun run = new TestRun(folder)) {
      byte[] whole = run.valueBytes(CHAIR);
      deadLettered(
          run, run.keyBytes(KEY), Arrays.copyOf(whole, whole.length / 2), "cannot be read");
    }
  }

  @Test
  void aTextThatClaimsToBeTwoGigabytesLong() throws Exception {
    try (TestRun run = new TestRun(folder)) {
      // After magic and id comes ts_id: a length, here 2^31 - 9, and no text.
      byte[] bytes = Arrays.copyOf(run.valueBytes(CHAIR), 10);
      byte[] hugeLength = {(byte) 0xEE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};
      System.arraycopy(hugeLength, 0, bytes, 5, hugeLength.length);
      deadLettered(run, run.keyBytes(KEY), bytes, "cannot be read");
    }
  }

  @Test
  void aSchemaThatTheRegistryDoesNotKnow() throws Exception {
    byte[] value = ByteBuffer.allocate(20).put((byte) 0).putInt(987_654).array();
    deadLettered(value, "no schema 987654");
  }

  @Test
  void anotherContract() throws Exception {
    try (RegistryServer registry = RegistryServer.start();
        TestRun run = new TestRun(folder, registry.url());
        KafkaAvroSerializer serializer = new KafkaAvroSerializer()) {
      serializer.configure(new AvroClients("127.0.0.1:1", TestRegistry.URL).serializer(), true);
      byte[] other =
          serializer.serialize(Topic.DAILY_PU_REV.topicName(), new DailyPuRevKey(Sales.DAY));
      deadLettered(run, run.keyBytes(KEY), other, "no schema");
    }
  }

  /** A serializer with another strategy of naming subjects, say: Connect's converter refuses it. */
  @Test
  void aSchemaOfAnotherSubject() throws Exception {
    Schema renamed =
        new Schema.Parser()
            .parse(DailyRecord.getClassSchema().toString().replace("furnistream", "other"));
    try (RegistryServer registry = RegistryServer.start();
        TestRun run = new TestRun(folder, registry.url())) {
      int id =
          MockSchemaRegistry.getClientForScope("aggregates")
              .register("io.other.schemas.DailyRecord", new AvroSchema(renamed));
      byte[] value = run.valueBytes(CHAIR);
      ByteBuffer.wrap(value).putInt(1, id);
      deadLettered(run, run.keyBytes(KEY), value, "no schema " + id);
    }
  }

  @Test
  void aSchemaThatIsNotAvros() throws Exception {
    HttpServer registry =
        answering(
            200, "{\"schemaType\": \"PROTOBUF\", \"schema\": \"syntax = 'proto3'; message A {}\"}");
    registry.start();
    try (TestRun run = new TestRun(folder, url(registry))) {
      run.send(KEY, CHAIR);
      assertThat(run.deadLetters())
          .singleElement()
          .satisfies(letter -> assertThat(header(letter, "message")).contains("is not Avro's"));
    } finally {
      registry.stop(0);
    }
  }

  @Test
  void moneyThatItsColumnCannotHold() throws Exception {
    try (TestRun run = new TestRun(folder)) {
      // The contract's serializer refuses nineteen digits; another client's bytes may hold them.
      DailyRecord edge = Sales.chair(KEY).setRevenue(new BigDecimal("99999999999999.9999")).build();
      byte[] bytes = run.valueBytes(edge);
      byte[] digits = new BigDecimal("99999999999999.9999").unscaledValue().toByteArray();
      int at = indexOf(bytes, digits);
      bytes[at] = 0x7F;
      deadLettered(run, run.keyBytes(KEY), bytes, "revenue");
    }
  }

  @Test
  void aRecordWithoutKey() throws Exception {
    try (TestRun run = new TestRun(folder)) {
      deadLettered(run, null, run.valueBytes(CHAIR), "no key");
    }
  }

  @Test
  void anUnreadableCorrectionLeavesWhatWasThere() throws Exception {
    try (TestRun run = new TestRun(folder)) {
      run.send(KEY, CHAIR);
      run.sendBytes(run.keyBytes(KEY), new byte[] {1, 2, 3});
      assertThat(run.table(Topic.DAILY_PU_REV))
          .isEqualTo(PlainLoop.over(Topic.DAILY_PU_REV, List.of(CHAIR)));
    }
  }

  // 404: a registry that has lost its schemas, or has not been given them yet.
  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 503})
  void aRegistryThatAnswersWithAFaultStopsTheThread(int status) throws Exception {
    HttpServer registry =
        answering(status, "{\"error_code\": " + status + ", \"message\": \"out of order\"}");
    registry.start();
    try {
      failsWithoutDeadLetter(url(registry));
    } finally {
      registry.stop(0);
    }
  }

  /** The registry has the subject: asked again, it would answer alike. */
  @ParameterizedTest
  @ValueSource(ints = {400, 409, 422})
  void anIdThatTheRegistryRefusesIsTheRecordsFault(int status) throws Exception {
    try (RegistryServer registry = RegistryServer.start();
        TestRun run = new TestRun(folder, registry.url())) {
      byte[] value = run.valueBytes(CHAIR);
      ByteBuffer.wrap(value).putInt(1, 654_321);
      registry.refuse(654_321, status);
      deadLettered(run, run.keyBytes(KEY), value, "no schema 654321");
    }
  }

  @Test
  void aRegistryThatAnswersWithAWebPageStopsTheThread() throws Exception {
    HttpServer registry = answering(200, "<html>Welcome</html>");
    registry.start();
    try {
      failsWithoutDeadLetter(url(registry));
    } finally {
      registry.stop(0);
    }
  }

  @Test
  void aRegistryThatDoesNotAnswerStopsTheThread() throws Exception {
    failsWithoutDeadLetter("http://127.0.0.1:" + closedPort());
  }

  /** A rule for the key and one for the value; the value that came before stays. */
  @Test
  void whatBreaksARuleGoesThereWithTheRulesName() throws Exception {
    try (TestRun run = new TestRun(folder)) {
      run.send(KEY, CHAIR);
      DailyRecord nothingSold = Sales.chair(KEY).setQuantity(0).build();
      DailyRecordKey noBucket = new DailyRecordKey(KEY.getTsDate(), 16, KEY.getTsId());
      run.send(KEY, nothingSold);
      run.send(noBucket, null);

      List<TestRecord<byte[], byte[]>> letters = run.deadLetters();
      assertThat(letters).hasSize(2);
      assertThat(header(letters.get(0), "rule")).isEqualTo("quantity");
      assertThat(header(letters.get(0), "message")).isEqualTo("Rule 'quantity': quantity is 0");
      assertThat(header(letters.get(0), "offset")).isEqualTo("1");
      assertThat(letters.get(0).value()).isEqualTo(run.valueBytes(nothingSold));
      assertThat(header(letters.get(1), "rule")).isEqualTo("key_bucket");
      assertThat(letters.get(1).value()).isNull();
      assertThat(run.table(Topic.DAILY_PU_REV))
          .isEqualTo(PlainLoop.over(Topic.DAILY_PU_REV, List.of(CHAIR)));
    }
  }

  /** 129.00 of scale 2, read as of scale 4, would be 1.29: the registry calls both compatible. */
  @Test
  void aWriterWhoseSchemaDriftedIsRefusedByTheFieldsRule() throws Exception {
    Schema drifted =
        new Schema.Parser()
            .parse(
                DailyRecord.getClassSchema()
                    .toString()
                    .replace(
                        "\"precision\":18,\"scale\":4},\"doc\":\"price x",
                        "\"precision\":18,\"scale\":2},\"doc\":\"price x"));
    assertThat(drifted).isNotEqualTo(DailyRecord.getClassSchema());
    try (TestRun run = new TestRun(folder)) {
      int id =
          MockSchemaRegistry.getClientForScope("aggregates")
              .register("daily_records-value", new AvroSchema(drifted));
      byte[] sound = run.valueBytes(CHAIR);
      byte[] bytes = sound.clone();
      ByteBuffer.wrap(bytes).putInt(1, id);
      run.send(KEY, CHAIR);
      run.sendBytes(run.keyBytes(KEY), bytes);

      assertThat(run.deadLetters())
          .singleElement()
          .satisfies(letter -> assertThat(header(letter, "rule")).isEqualTo("revenue"));
      assertThat(run.table(Topic.DAILY_PU_REV))
          .isEqualTo(PlainLoop.over(Topic.DAILY_PU_REV, List.of(CHAIR)));
    }
  }

  @Test
  void aValueOfAnotherKeyIsRefused() throws Exception {
    try (TestRun run = new TestRun(folder)) {
      DailyRecordKey tomorrow = Sales.key(Sales.DAY.plusDays(1), 1);
      run.send(tomorrow, CHAIR);
      run.send(KEY, CHAIR);

      assertThat(run.deadLetters())
          .singleElement()
          .satisfies(
              letter -> {
                assertThat(header(letter, "rule")).isEqualTo("ts_date");
                assertThat(letter.headers().lastHeader("furnistream.key")).isNull();
              });
      assertThat(run.table(Topic.DAILY_PU_REV))
          .isEqualTo(PlainLoop.over(Topic.DAILY_PU_REV, List.of(CHAIR)));
    }
  }

  private static HttpServer answering(int status, String text) throws IOException {
    HttpServer registry =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.createContext(
        "/",
        exchange -> {
          byte[] body = text.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    return registry;
  }

  private static String url(HttpServer registry) {
    return "http://127.0.0.1:" + registry.getAddress().getPort();
  }

  private void failsWithoutDeadLetter(String registryUrl) throws Exception {
    try (TestRun run = new TestRun(folder, registryUrl)) {
      assertThatThrownBy(() -> run.send(KEY, CHAIR))
          .hasStackTraceContaining(RegistryUnavailableException.class.getName());
      assertThat(run.deadLetters()).isEmpty();
    }
  }

  private void deadLettered(byte[] value, String reason) throws Exception {
    try (TestRun run = new TestRun(folder)) {
      deadLettered(run, run.keyBytes(KEY), value, reason);
    }
  }

  private static void deadLettered(TestRun run, byte[] key, byte[] value, String reason) {
    run.sendBytes(key, value);
    assertThat(run.deadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.key()).isEqualTo(key);
              assertThat(letter.value()).isEqualTo(value);
              assertThat(header(letter, "message") + header(letter, "stacktrace")).contains(reason);
              assertThat(header(letter, "topic")).isEqualTo("daily_records");
              assertThat(header(letter, "partition")).isEqualTo("0");
              assertThat(header(letter, "offset")).isEqualTo("0");
              assertThat(letter.headers())
                  .as("what one step of reading passes to the next stays here")
                  .allSatisfy(header -> assertThat(header.key()).startsWith("__streams.errors."));
            });

    run.send(KEY, CHAIR);
    assertThat(run.table(Topic.DAILY_PU_REV))
        .as("the next record counts")
        .isEqualTo(PlainLoop.over(Topic.DAILY_PU_REV, List.of(CHAIR)));
  }

  private static String header(TestRecord<byte[], byte[]> letter, String name) {
    Header header = letter.headers().lastHeader("__streams.errors." + name);
    return new String(header.value(), StandardCharsets.UTF_8);
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    for (int at = 0; at + part.length <= bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
        return at;
      }
    }
    throw new AssertionError("not found");
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

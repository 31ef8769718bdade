package io.furnistream.verify.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Endpoints;
import io.furnistream.schemas.ContractRules;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** A record that cannot be read is one of the figures; a registry that fails ends the command. */
class AvroReaderTest {

  private static final DailyRecordKey SOUND =
      new DailyRecordKey(LocalDate.parse("2023-12-01"), 5, "911b18d9-68b3-c413-ea64-6f06245a27c5");

  private static final byte[] KEY = {0, 0, 0, 0, 7, 2, 'a'};

  @Test
  void aSchemaThatIsNotAvrosIsAnUnreadableRecord() throws IOException {
    fails(
        "{\"schemaType\": \"PROTOBUF\", \"schema\": \"syntax = 'proto3'; message A {}\"}",
        UnreadableRecordException.class,
        "Schema 7 is not Avro's");
  }

  @Test
  void whatAnswersLikeNoRegistryEndsTheCommand() throws IOException {
    fails("<html>Welcome</html>", CannotRunException.class, Endpoints.REGISTRY_URL);
  }

  /** Kafka's own partitioner takes the id to 1 of 6; sales and tombstones alike. */
  @Test
  void aKeyIsRefusedInEveryPartitionButItsIds() throws IOException {
    DailyRecordKey key = SOUND;
    byte[] bytes = bytes(key);
    ContractRules<DailyRecordKey, DailyRecord> rules = ContractRules.ofSales();

    reading(
        schemaOfKeys(),
        reader -> {
          for (int partition = 0; partition < 6; partition++) {
            int lies = partition;
            if (partition == 1) {
              assertThat(reader.key("daily_records", bytes, 1, rules)).isEqualTo(key);
              continue;
            }
            assertThatThrownBy(() -> reader.key("daily_records", bytes, lies, rules))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessage(
                    "Rule 'key_partition': ts_id is '%s', which belongs in partition 1 of 6, and lies in partition %d",
                    key.getTsId(), lies);
          }
        });
  }

  @Test
  void aVerdictThatTheRulesDoNotGiveIsFound() throws IOException {
    SecondReading second = new SecondReading();
    byte[] key = bytes(SOUND);

    reading(
        schemaOfKeys(),
        reader -> {
          ConsumerRecord<byte[], byte[]> sound = tombstone(1, key);
          assertThat(second.disagreement(sound, reader, null)).isEmpty();
          assertThat(second.disagreement(sound, reader, "key_bucket")).contains("sound");
          assertThat(second.disagreement(sound, reader, "unreadable")).contains("sound");

          ConsumerRecord<byte[], byte[]> elsewhere = tombstone(0, key);
          assertThat(second.disagreement(elsewhere, reader, "key_partition")).isEmpty();
          assertThat(second.disagreement(elsewhere, reader, null)).contains("breaks key_partition");

          ConsumerRecord<byte[], byte[]> keyless = tombstone(0, null);
          assertThat(second.disagreement(keyless, reader, "unreadable")).isEmpty();
          assertThat(second.disagreement(keyless, reader, null)).contains("breaks unreadable");
        });
  }

  private static ConsumerRecord<byte[], byte[]> tombstone(int partition, byte[] key) {
    return new ConsumerRecord<>("daily_records", partition, 0, key, null);
  }

  private static byte[] bytes(DailyRecordKey key) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(KEY, 0, 5);
    new SpecificDatumWriter<>(DailyRecordKey.class)
        .write(key, EncoderFactory.get().directBinaryEncoder(bytes, null));
    return bytes.toByteArray();
  }

  private static String schemaOfKeys() throws IOException {
    return new ObjectMapper()
        .writeValueAsString(
            Map.of(
                "subject",
                "daily_records-key",
                "version",
                1,
                "id",
                7,
                "schema",
                DailyRecordKey.getClassSchema().toString()));
  }

  private static void fails(String answer, Class<? extends Exception> failure, String message)
      throws IOException {
    reading(
        answer,
        reader ->
            assertThatThrownBy(() -> reader.key("daily_records", KEY, 0, ContractRules.ofSales()))
                .isInstanceOf(failure)
                .hasMessageContaining(message));
  }

  /** With a registry that always answers the same. */
  private static void reading(String answer, Consumer<AvroReader> test) throws IOException {
    HttpServer registry =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.createContext(
        "/",
        exchange -> {
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    registry.start();
    Endpoints endpoints =
        new Endpoints(
            "127.0.0.1:1",
            "http://127.0.0.1:" + registry.getAddress().getPort(),
            "",
            "",
            "",
            "",
            "",
            "",
            "");
    try (AvroReader reader = new AvroReader(endpoints)) {
      test.accept(reader);
    } finally {
      registry.stop(0);
    }
  }
}

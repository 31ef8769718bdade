package io.furnistream.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.furnistream.cli.CannotRunException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.storage.SimpleHeaderConverter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples in JSON, as people, kcat and console consumers write them. */
class SampleFileTest {

  private static final Reading SALES = new Reading("sales", new SimpleHeaderConverter());

  /** 2023-12-01T05:00:00Z. */
  private static final long FIVE = 1_701_406_800_000L;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"value\": {\"id\": 1}}\n{\"value\": {\"id\": 2}}\n",
        "{\"value\": {\"id\": 1}}\r\n\r\n\n{\"value\": {\"id\": 2}}",
        "\uFEFF{\"value\": {\"id\": 1}}\n{\"value\": {\"id\": 2}}\n",
        "{\n  \"value\": {\n    \"id\": 1\n  }\n}\n{\n  \"value\": {\"id\": 2}\n}",
        "[{\"value\": {\"id\": 1}}, {\"value\": {\"id\": 2}}]",
        "[{\"value\": {\"id\": 1}}]\n{\"value\": {\"id\": 2}}",
        "{\"value\": {\"id\": 1}}[][{\"value\": {\"id\": 2}}]",
        "{\"schema\": null, \"payload\": {\"id\": 1}} {\"payload\": {\"id\": 2}}",
      })
  void documentsOneAfterAnotherAreAllRead(String text) throws IOException {
    assertThat(read(text).records())
        .extracting(sample -> sample.record().value())
        .containsExactly(Map.of("id", 1L), Map.of("id", 2L));
  }

  @Test
  void utf16IsRead() throws IOException {
    Path file =
        Files.write(
            folder.resolve("s.json"), "{\"value\": \"é\"}".getBytes(StandardCharsets.UTF_16));

    assertThat(new SampleFile(file, SALES).read().records().get(0).record().value()).isEqualTo("é");
  }

  @Test
  void theFirstHundredAreReadAndTheRestIsSaid() throws IOException {
    assertThat(read("{\"value\": 1}\n".repeat(100)).more()).isFalse();
    Samples more = read("{\"value\": 1}\n".repeat(101));
    assertThat(more.more()).isTrue();
    assertThat(more.records()).hasSize(100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1701406800000",
        "\"2023-12-01T05:00:00Z\"",
        "\"2023-12-01T00:00:00-05:00\"",
        "\"2023-12-01T05:00:00.000999Z\""
      })
  void aTimestampIsMillisecondsOrText(String timestamp) throws IOException {
    SinkRecord record = record("{\"timestamp\": %s, \"value\": 1}".formatted(timestamp));

    assertThat(record.timestamp()).isEqualTo(FIVE);
    assertThat(record.timestampType()).isEqualTo(TimestampType.CREATE_TIME);
  }

  @Test
  void headersAreReadAsAWorkerReadsThem() throws IOException {
    for (String headers :
        List.of(
            "{\"a\": \"x\", \"n\": \"5\", \"o\": null}",
            "[{\"key\": \"a\", \"value\": \"x\"}, {\"key\": \"n\", \"value\": 5},"
                + " {\"key\": \"o\", \"value\": null}]")) {
      SinkRecord record = record("{\"headers\": %s, \"value\": 1}".formatted(headers));

      assertThat(record.headers()).extracting(Header::key).containsExactly("a", "n", "o");
      assertThat(record.headers()).extracting(Header::value).containsExactly("x", (byte) 5, null);
    }
  }

  @Test
  void everyPropertyOfARecordIsTaken() throws IOException {
    SinkRecord full =
        record(
            "{\"topic\": \"t\", \"partition\": 3, \"offset\": 7, \"key\": {\"schema\":"
                + " {\"type\": \"struct\", \"optional\": false, \"fields\": [{\"field\": \"id\","
                + " \"type\": \"int32\", \"optional\": false}]}, \"payload\": {\"id\": 1}},"
                + " \"value\": null}");

    assertThat(full.topic()).isEqualTo("t");
    assertThat(full.kafkaPartition()).isEqualTo(3);
    assertThat(full.kafkaOffset()).isEqualTo(7);
    assertThat(((Struct) full.key()).getInt32("id")).isEqualTo(1);
    assertThat(full.value()).isNull();
    assertThat(record("{\"value\": 1}").topic()).isEqualTo("sales");
    assertThat(record("{\"value\": 1}").timestamp()).isNull();
    assertThat(record("{\"value\": 1}").kafkaPartition())
        .as("not stated, and so in none")
        .isEqualTo(RecordMetadata.UNKNOWN_PARTITION);
  }

  @Test
  void whatKcatPrintsIsReadAsItsOwn() throws IOException {
    SinkRecord record =
        record(
            """
            {"topic":"t","partition":2,"offset":7,"tstype":"logappend","ts":1701406800000,"broker":1,
             "headers":["a","x","n","5","a",null],"key":"k-1","payload":"{\\"id\\": 1}"}
            """);

    assertThat(record.topic()).isEqualTo("t");
    assertThat(record.kafkaPartition()).isEqualTo(2);
    assertThat(record.kafkaOffset()).isEqualTo(7);
    assertThat(record.timestamp()).isEqualTo(FIVE);
    assertThat(record.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
    assertThat(record.headers()).extracting(Header::key).containsExactly("a", "n", "a");
    assertThat(record.headers()).extracting(Header::value).containsExactly("x", (byte) 5, null);
    assertThat(record.keySchema()).isEqualTo(Schema.OPTIONAL_STRING_SCHEMA);
    assertThat(record.key()).isEqualTo("k-1");
    assertThat(record.value()).isEqualTo(Map.of("id", 1L));

    assertThat(record("{\"topic\":\"t\",\"key\":\"k\",\"payload\":null}").value())
        .as("a tombstone")
        .isNull();
    assertThat(record("{\"topic\":\"t\",\"key\":\"k\",\"payload\":\"plain {\"}").value())
        .isEqualTo("plain {");
    assertThat(record("{\"payload\":\"7\",\"tstype\":\"unknown\",\"ts\":-1}").value())
        .isEqualTo("7");
    assertThat(record("{\"payload\":{\"id\":1},\"value_schema_id\":4}").value())
        .isEqualTo(Map.of("id", 1L));
    assertThat(record("{\"payload\":\"\",\"headers\":{\"a\":[\"x\",\"y\"]}}").headers()).hasSize(2);
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        arguments("{\"value\": 1}\n\n{\"value\": ", "line 3", "JSON"),
        arguments("{\"value\": 1}\n]", "line 2", "JSON"),
        arguments("{\"value\": 1, \"value\": null}", "line 1", "Duplicate field 'value'"),
        arguments("{\"value\": 1}\n5", "record 2 (line 2)", "number"),
        arguments("{\"value\": 1}\nnull", "record 2 (line 2)", "null"),
        arguments("[[{\"value\": 1}]]", "record 1 (line 1)", "array"),
        arguments("\n{\"amount\": 1}", "record 1 (line 2)", "'amount' is not known"),
        arguments("{\"key\": 1}", "record 1", "no 'value'"),
        arguments("{\"timestamp\": 1701406800000, \"headers\": {}}", "record 1", "no 'value'"),
        arguments("{\"topic\": \"t\", \"ts\": 1, \"key\": \"k\"}", "record 1", "no 'payload'"),
        arguments("{\"value\": 1, \"payload\": 1}", "record 1", "'payload' is not known"),
        arguments("{\"value\": 1, \"Headers\": {}}", "record 1", "'Headers' is not known"),
        arguments(
            "{\"key\": 1, \"payload\": null, \"payload_error\": \"x\"}",
            "record 1",
            "'payload_error' is not known"),
        arguments("{\"value\": 1, \"timestamp\": \"2023-12-01 05:00\"}", "'timestamp'", "offset"),
        arguments("{\"value\": 1, \"timestamp\": \"noon\"}", "'timestamp'", "offset"),
        arguments("{\"value\": 1, \"timestamp\": 1.5}", "'timestamp'", "milliseconds"),
        arguments("{\"value\": 1, \"timestamp\": 1701406800}", "(1970-01-20T", "milliseconds"),
        arguments("{\"value\": 1, \"timestamp\": 1701406800000000}", "(+55885-", "milliseconds"),
        arguments("{\"value\": 1, \"timestamp\": 99999999999999999999}", "'timestamp'", "number"),
        arguments("{\"value\": 1, \"timestamp\": true}", "'timestamp'", "number"),
        arguments("{\"value\": 1, \"timestamp\": \"1969-12-31T23:59:59Z\"}", "'timestamp'", "1971"),
        arguments("{\"value\": 1, \"headers\": \"a\"}", "'headers'", "object"),
        arguments("{\"value\": 1, \"headers\": [\"a\", \"b\"]}", "'headers'", "object"),
        arguments("{\"payload\": \"1\", \"headers\": [\"a\"]}", "'headers'", "turns"),
        arguments("{\"payload\": \"1\", \"ts\": \"now\"}", "'ts'", "milliseconds"),
        arguments("{\"payload\": \"1\", \"ts\": 1, \"tstype\": \"x\"}", "'tstype'", "logappend"),
        arguments("{\"payload\": \"\\u0000\\u0000\\u0001x\"}", "'payload'", "-s value=avro"),
        arguments("{\"key\": \"\\u0000\", \"payload\": \"\"}", "'key'", "-s key=avro"),
        arguments("{\"value\": 1, \"topic\": 1}", "'topic'", "name of a topic"),
        arguments("{\"value\": 1, \"partition\": -1}", "'partition'", "from 0"),
        arguments("{\"value\": 1, \"partition\": 2147483648}", "'partition'", "from 0"),
        arguments("{\"value\": 1, \"offset\": \"1\"}", "'offset'", "from 0"),
        arguments(
            "{\"value\": {\"schema\": {\"type\": \"int32\"}, \"payload\": null}}",
            "record 1",
            "'value': "),
        arguments("", "holds no record", ""),
        arguments("[]", "holds no record", ""));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whatIsWrongIsNamed(String text, String where, String what) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("s.json")
        .hasMessageContaining(where)
        .hasMessageContaining(what);
  }

  @Test
  void anotherEncodingIsNamedWithItsCure() throws IOException {
    Path file =
        Files.write(
            folder.resolve("s.json"),
            "{\"value\": 1}\n{\"value\": \"Michoacán\"}".getBytes(Charset.forName("windows-1252")));

    assertThatThrownBy(() -> new SampleFile(file, SALES).read())
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("s.json, line 2")
        .hasMessageContaining("Save it as UTF-8");
  }

  private SinkRecord record(String text) throws IOException {
    Samples samples = read(text);
    assertThat(samples.records()).hasSize(1);
    return samples.records().get(0).record();
  }

  private Samples read(String text) throws IOException {
    return new SampleFile(Files.writeString(folder.resolve("s.json"), text), SALES).read();
  }
}

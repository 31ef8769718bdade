package io.furnistream.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each check, with what it takes and what it refuses. */
class RulesTest {

  private static final Instant NOW = Instant.parse("2024-02-29T12:00:00Z");

  static Stream<Arguments> verdicts() {
    String digits = "1" + "0".repeat(400);
    return Stream.of(
        // A rule, what it takes, what it refuses.
        arguments("'required': true", List.of("x", 0, false, NOW), List.of("", " \t\n")),
        arguments("'not_null': true", List.of("x", "", " ", 0, NOW), List.of()),
        arguments(
            "'not_before': '1970-01-02', 'not_after': '2199-12-31'",
            List.of(
                Instant.parse("1970-01-02T00:00:00Z"),
                Instant.parse("2199-12-31T23:59:59.999999999Z"),
                LocalDate.parse("1970-01-02"),
                LocalDate.parse("2199-12-31"),
                "1970-01-02",
                "1970-01-01T23:00:00-01:00",
                86_400_000L,
                86_400_000,
                7_258_118_399_999L),
            List.of(
                Instant.parse("1970-01-01T23:59:59.999999999Z"),
                Instant.parse("2200-01-01T00:00:00Z"),
                Instant.MIN,
                Instant.MAX,
                LocalDate.parse("1970-01-01"),
                LocalDate.parse("2200-01-01"),
                LocalDate.MIN,
                LocalDate.MAX,
                LocalDate.ofEpochDay(Integer.MAX_VALUE),
                LocalDate.ofEpochDay(Integer.MIN_VALUE),
                Instant.ofEpochMilli(1_700_000_000_000_000_000L),
                86_399_999L,
                7_258_118_400_000L,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                "9999-12-31",
                "soon",
                1.5)),
        arguments("'not_before': '2000-01-01'", List.of(Instant.MAX), List.of(Instant.MIN)),
        arguments("'not_after': '2000-01-01'", List.of(Instant.MIN), List.of(Instant.MAX)),
        arguments("'type': 'text'", List.of("", "Århus 𝔸", "a\nb"), List.of(1, true, "a\0b", NOW)),
        arguments(
            "'type': 'uuid'",
            List.of("911b18d9-68b3-c413-ea64-6f06245a27c5"),
            List.of(
                "911B18D9-68b3-c413-ea64-6f06245a27c5",
                "911b18d968b3-c413-ea64-6f06245a27c5-",
                "911b18d9-68b3-c413-ea64-6f06245a27c",
                "911b18d9-68b3-c413-ea64-6f06245a27cg",
                "1-1-1-1-1",
                "",
                7)),
        arguments(
            "'type': 'integer'",
            List.of(
                (byte) 1,
                (short) 1,
                1,
                1L,
                BigInteger.TEN.pow(30),
                dec("3.000"),
                dec("0E+9"),
                dec("0.00"),
                dec("1E+20"),
                3.0,
                dec(digits)),
            List.of(dec("3.5"), dec("0.0001"), dec("1E-999999999"), 0.1f, Double.NaN, "1")),
        arguments(
            "'type': 'number'",
            List.of(1, 2.5, dec("1E-999999999")),
            List.of(Double.NaN, Float.POSITIVE_INFINITY, "1", true)),
        arguments("'type': 'boolean'", List.of(true, false), List.of("true", 1)),
        arguments("'type': 'timestamp'", List.of(NOW), List.of(LocalDate.EPOCH, "2024-01-01", 0L)),
        arguments("'type': 'date'", List.of(LocalDate.EPOCH), List.of(NOW, "2024-01-01", 0)),
        arguments(
            "'type': 'bytes'",
            List.of(new byte[0], ByteBuffer.allocate(3)),
            List.of("abc", List.of((byte) 1))),
        arguments(
            "'max_length': 3", List.of("", "abc", "𝔸𝔸𝔸"), List.of("abcd", "𝔸𝔸𝔸𝔸", 123)),
        arguments(
            "'min': -0.5, 'max': 100",
            List.of(-0.5, dec("-0.50000"), 0, 100, 100L, dec("1E+2"), dec("1E-999999999")),
            List.of(
                dec("-0.5001"),
                101,
                100.00001,
                Long.MIN_VALUE,
                BigInteger.ONE.shiftLeft(100_000),
                dec("1E+999999999"),
                Double.NaN,
                "50")),
        arguments("'min': 1", List.of(1, Long.MAX_VALUE), List.of(0, dec("0.9999"))),
        arguments(
            "'max': 99999999999999.9999",
            List.of(dec("99999999999999.9999"), -1),
            List.of(dec("100000000000000.0000"), dec("99999999999999.99991"))),
        arguments(
            "'min': -2, 'max': 2, 'except': [0, 1.50]",
            List.of(-2, 1, dec("1.4")),
            List.of(0, dec("0.000"), 0.0, -0.0, dec("1.5"), 3)),
        arguments(
            "'pattern': '[A-Z]{2}-[0-9]+'", List.of("AB-1"), List.of("AB-1 ", "xAB-1", "", 7)),
        arguments(
            "'allowed': ['Store', 1, 2.50, true]",
            List.of("Store", 1L, dec("1.0"), 2.5, true),
            List.of("store", "1", 2, false, dec("1.01"))),
        arguments(
            "'not_later_than_now_plus': 'PT1H'",
            List.of(
                Instant.parse("2024-02-29T13:00:00Z"),
                Instant.MIN,
                LocalDate.parse("2024-02-29"),
                "2024-02-29",
                "2024-02-29T18:00:00+05:00",
                NOW.toEpochMilli() + Duration.ofHours(1).toMillis(),
                0),
            List.of(
                Instant.parse("2024-02-29T13:00:00.000001Z"),
                LocalDate.parse("2024-03-01"),
                LocalDate.MAX,
                "2024-03-01",
                "2024-02-29T18:00:01+05:00",
                "2024-02-30",
                "2024-02-29T12:00:00",
                "soon",
                NOW.toEpochMilli() + Duration.ofHours(1).toMillis() + 1,
                true)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("verdicts")
  void takesAndRefuses(String checks, List<Object> taken, List<Object> refused) {
    BoundRules<Map<?, ?>> rules = rules("{'name': 'r', 'field': 'f', " + checks + "}");
    assertThat(taken).allSatisfy(v -> assertThat(rules.check(Map.of("f", v))).isEmpty());
    assertThat(refused)
        .allSatisfy(
            value ->
                assertThat(rules.check(Map.of("f", value)))
                    .get()
                    .satisfies(
                        failure -> {
                          assertThat(failure.rule()).isEqualTo("r");
                          assertThat(failure.field()).isEqualTo("f");
                          assertThat(failure.message()).startsWith("Rule 'r': f ");
                        }));

    Optional<Failure> ofNull =
        rules.check(new HashMap<>(java.util.Collections.singletonMap("f", null)));
    assertThat(ofNull.isPresent())
        .as("null is refused where the field is required, and nowhere else")
        .isEqualTo(checks.contains("required") || checks.contains("not_null"));
    assertThat(rules.check(Map.of())).isEqualTo(ofNull);
  }

  @Test
  void aFieldInARecordIsFoundByItsPath() {
    BoundRules<Map<?, ?>> rules =
        rules("{'name': 'r', 'field': 'address.city.name', 'required': true}");

    assertThat(rules.check(Map.of("address", Map.of("city", Map.of("name", "Bonn"))))).isEmpty();
    assertThat(rules.check(Map.of("address", Map.of("city", "Bonn")))).isPresent();
    assertThat(rules.check(Map.of("address.city.name", "Bonn"))).isPresent();
  }

  @Test
  void theFirstRuleThatIsBrokenIsNamed() {
    BoundRules<Map<?, ?>> rules =
        rules(
            "{'name': 'first', 'field': 'a', 'min': 1},"
                + "{'name': 'second', 'field': 'b', 'min': 1}");

    assertThat(rules.check(Map.of("a", 1, "b", 0)).get().rule()).isEqualTo("second");
    assertThat(rules.check(Map.of("a", 0, "b", 0)).get().message())
        .isEqualTo("Rule 'first': a is 0, less than 1");
  }

  @Test
  void aValueIsComparedWithItsKeys() {
    BoundRules<Map<?, ?>> rules =
        set("{'name': 'r', 'field': 'day', 'equals_key': 'a.day'}")
            .bind(MapForm.INSTANCE, MapForm.INSTANCE, Clock.systemUTC());
    List<Object> values =
        List.of(LocalDate.EPOCH, NOW, "x", true, dec("1.50"), ByteBuffer.wrap(new byte[] {1}));
    for (Object value : values) {
      Map<String, ?> record = Map.of("day", value);
      assertThat(rules.check(record, Map.of("a", Map.of("day", value)))).isEmpty();
      assertThat(rules.check(record, Map.of("a", Map.of("day", "other")))).isPresent();
      assertThat(rules.check(record, Map.of("a", Map.of())).get().message())
          .endsWith(", and a.day of the key is missing");
      assertThat(rules.check(record)).as("without a key").isEmpty();
    }

    assertThat(rules.check(Map.of("day", 1), Map.of("a", Map.of("day", dec("1.0"))))).isEmpty();
    assertThat(rules.check(Map.of("day", new byte[] {7}), ofKey(new byte[] {7}))).isEmpty();
    assertThat(rules.check(Map.of("day", new byte[] {7}), ofKey(new byte[] {8}))).isPresent();
    assertThat(rules.check(Map.of("day", 2), ofKey(1)).get().message())
        .isEqualTo("Rule 'r': day is 2, and a.day of the key is 1");
    assertThat(rules.check(Map.of(), ofKey(1))).as("null is for 'required'").isEmpty();
  }

  @Test
  void aBucketIsTheLowestBitsOfAUuid() {
    String id = "911b18d9-68b3-c413-ea64-6f06245a27c5";
    Map<Integer, Integer> buckets = Map.of(2, 1, 16, 5, 256, 0xc5, 65_536, 0x27c5);
    buckets.forEach(
        (count, bucket) -> {
          BoundRules<Map<?, ?>> rules =
              rules("{'name': 'r', 'field': 'b', 'bucket_of': 'id', 'buckets': " + count + "}");
          assertThat(rules.check(Map.of("b", bucket, "id", id))).isEmpty();
          assertThat(rules.check(Map.of("b", dec(bucket + ".0"), "id", id))).isEmpty();
          assertThat(rules.check(Map.of("b", bucket + 1, "id", id)).get().message())
              .isEqualTo(
                  "Rule 'r': b is %d, and the bucket of id is %d".formatted(bucket + 1, bucket));
          assertThat(rules.check(Map.of("b", "x", "id", id))).isPresent();
          assertThat(rules.check(Map.of("b", -1, "id", "none"))).isEmpty();
          assertThat(rules.check(Map.of("b", -1))).isEmpty();
        });
  }

  /** The partitions of a million are those that Kafka's own BuiltInPartitioner answered. */
  @Test
  void aTextChoosesThePartitionThatKafkasOwnPartitionerChooses() {
    Map<String, Integer> chosen =
        Map.of(
            "911b18d9-68b3-c413-ea64-6f06245a27c5", 715_469,
            "00000000-0000-0000-0000-00000000000b", 340_680,
            "ffffffff-ffff-ffff-ffff-fffffffffff0", 486_252,
            "", 646_681,
            "a", 102_524,
            "ab", 155_434,
            "abc", 470_107,
            "Århus 𝔸", 151_202);
    BoundRules<Map<?, ?>> rules = rules("{'name': 'r', 'field': 'f', 'partitions': 1000000}");
    chosen.forEach(
        (text, partition) -> {
          Map<String, ?> record = Map.of("f", text);
          assertThat(rules.check(record, null, partition)).isEmpty();
          assertThat(rules.check(record, null, partition + 1).get().message())
              .isEqualTo(
                  "Rule 'r': f is '%s', which belongs in partition %d of 1000000, and lies in partition %d"
                      .formatted(text.replace("𝔸", "??"), partition, partition + 1));
          assertThat(rules.check(record)).as("lies in none that is known").isEmpty();
        });
    assertThat(rules.check(Map.of("f", 7), null, 0)).as("no text").isEmpty();
    assertThat(rules.check(Map.of(), null, 0)).as("null is for 'required'").isEmpty();
    BoundRules<Map<?, ?>> six = rules("{'name': 'r', 'field': 'f', 'partitions': 6}");
    Map<String, ?> record = Map.of("f", "911b18d9-68b3-c413-ea64-6f06245a27c5");
    assertThat(six.check(record, null, 1)).isEmpty();
    assertThat(six.check(record, null, 7)).as("the topic has more").isPresent();
  }

  @Test
  void aSchemaIsJudgedBeforeAnyValue() {
    String rules =
        "{'name': 'a', 'field': 'a', 'required': true, 'schema': 'int', 'min': 1},"
            + "{'name': 'b', 'field': 'b', 'schema': ['decimal(18,4)', 'long']},"
            + "{'name': 'c', 'field': 'c', 'not_null': true, 'schema': 'string'}";
    Map<String, String> asked = Map.of("a", "int", "b", "decimal(18,4)", "c", "string");

    assertThat(broken(rules, asked)).isNull();
    assertThat(broken(rules, Map.of("a", "int", "b", "long", "c", "string", "d", "map"))).isNull();
    assertThat(broken(rules, Map.of("a", "int", "c", "string"))).as("b may be null").isNull();
    assertThat(broken(rules, Map.of("a", "int", "b", "decimal(18,2)", "c", "string")))
        .isEqualTo(
            "Rule 'b': b is declared decimal(18,2) by the writer's schema, not decimal(18,4) or long");
    assertThat(broken(rules, Map.of("a", "int")))
        .isEqualTo("Rule 'c': c is missing from the writer's schema");
    assertThat(broken(rules, Map.of("b", "int")))
        .as("the first in the file's order")
        .startsWith("Rule 'a'");
  }

  /** What the verdict is on the schema and on a record whose value breaks the first rule, too. */
  private static String broken(String rules, Map<String, String> declared) {
    RecordForm<Map<?, ?>> form =
        new RecordForm<>() {
          @Override
          public FieldReader<Map<?, ?>> reader(FieldPath path) {
            return MapForm.INSTANCE.reader(path);
          }

          @Override
          public String declares(FieldPath path) {
            return declared.getOrDefault(path.toString(), NOTHING);
          }
        };
    BoundRules<Map<?, ?>> bound = set(rules).bind(form, Clock.systemUTC());
    String message = bound.checkSchema().map(Failure::message).orElse(null);
    assertThat(bound.check(Map.of("a", 0, "c", "")).get().message())
        .isEqualTo(message == null ? "Rule 'a': a is 0, less than 1" : message);
    assertThat(set(rules).bind(MapForm.INSTANCE, Clock.systemUTC()).checkSchema())
        .as("of a map nothing is declared")
        .isEmpty();
    return message;
  }

  /** On one line, so that a log stays a log, and short, so that it stays no copy of the data. */
  @ParameterizedTest
  @MethodSource("longValues")
  void aMessageShowsAHundredCharactersOfTheValueAtMost(Object value) {
    List<String> checks =
        List.of(
            "'type': 'boolean'",
            "'type': 'uuid'",
            "'max_length': 1",
            "'min': 1, 'max': 2",
            "'pattern': 'x'",
            "'allowed': [1]",
            "'not_before': '2000-01-01'",
            "'equals_key': 'f'",
            "'bucket_of': 'id', 'buckets': 16",
            "'not_later_than_now_plus': 'PT0S'");
    for (String check : checks) {
      String message =
          set("{'name': 'r', 'field': 'f', " + check + "}")
              .bind(MapForm.INSTANCE, MapForm.INSTANCE, Clock.systemUTC())
              .check(Map.of("f", value, "id", "911b18d9-68b3-c413-ea64-6f06245a27c5"), Map.of())
              .get()
              .message();
      assertThat(message.length()).isLessThan(200);
      assertThat(message).doesNotContain("\n").doesNotContain("\0");
    }
  }

  static Stream<Object> longValues() {
    return Stream.of(
        "secret\n\0".repeat(10_000),
        dec("9".repeat(5_000)),
        new BigDecimal(BigInteger.ONE.shiftLeft(800_000), 3),
        dec("123456789E+999999999"),
        new byte[5_000],
        List.of("secret".repeat(1_000)));
  }

  /** A backtracking matcher would need 2^40 steps. */
  @Test
  void everyPatternTakesLinearTime() {
    BoundRules<Map<?, ?>> rules = rules("{'name': 'r', 'field': 'f', 'pattern': '(a+)+$'}");
    assertThat(rules.check(Map.of("f", "a".repeat(40) + "b"))).isPresent();
  }

  @Test
  void onlyARuleAboutNowLooksAtTheClock() {
    assertThat(set("{'name': 'r', 'field': 'f', 'min': 1}").isDeterministic()).isTrue();
    assertThat(
            set("{'name': 'r', 'field': 'f', 'min': 1, 'not_later_than_now_plus': 'PT0S'}")
                .isDeterministic())
        .isFalse();
  }

  private static Map<String, ?> ofKey(Object day) {
    return Map.of("a", Map.of("day", day));
  }

  private static BoundRules<Map<?, ?>> rules(String rules) {
    return set(rules).bind(MapForm.INSTANCE, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static RuleSet set(String rules) {
    String json = ("{'rules': [" + rules + "]}").replace('\'', '"');
    return RuleSet.read(
        "test.json", new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static BigDecimal dec(String text) {
    return new BigDecimal(text);
  }
}

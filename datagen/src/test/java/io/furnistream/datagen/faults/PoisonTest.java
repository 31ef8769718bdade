package io.furnistream.datagen.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.schemas.Topic;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PoisonTest {

  private static final Map<String, Poison> BY_NAME =
      Poison.all(Sound.drifting()).stream().collect(Collectors.toMap(Poison::name, each -> each));

  private final Judge judge = new Judge();

  static Stream<Poison> poisons() {
    return BY_NAME.values().stream();
  }

  @ParameterizedTest
  @MethodSource("poisons")
  void everyWayToSpoilASaleBreaksTheRuleThatItSays(Poison poison) {
    // The first and the last day, too, that generate takes.
    for (LocalDate day :
        List.of(Sound.DAY, LocalDate.parse("1970-01-03"), LocalDate.parse("2199-12-30"))) {
      for (int n = 0; n < 10; n++) {
        Message sound = new SaleEncoder(Sound.contract()).message(Sound.sale(day, n));
        assertThat(verdict(sound)).as("sound").isEmpty();

        Message spoilt = poison.spoiling().apply(sound);

        assertThat(verdict(spoilt)).as(poison.name()).isEqualTo(poison.rule());
      }
    }
  }

  @Test
  void everyRuleOfTheFilesIsBroken() throws Exception {
    List<String> names = new ArrayList<>(List.of("unreadable"));
    for (String file : List.of("daily_records-key", "daily_records")) {
      try (InputStream json = getClass().getResourceAsStream("/rules/" + file + ".json")) {
        for (JsonNode rule : new ObjectMapper().readTree(json).get("rules")) {
          names.add(rule.get("name").textValue());
        }
      }
    }

    assertThat(poisons().map(Poison::rule).distinct()).containsExactlyInAnyOrderElementsOf(names);
  }

  /** Counted by hand from the rules: a sale has these values in place of sound ones. */
  @ParameterizedTest
  @CsvSource({
    "quantity except, quantity, 0",
    "quantity min, quantity, -100001",
    "quantity max, quantity, 100001",
    "line min, line, 0",
    "ts_date equals_key, ts_date, 19691",
    "ts_date not_before, ts_date, 0",
    "ts_date not_after, ts_date, 84006",
    "ts not_before, ts, 86399999",
    "ts not_after, ts, 7258118400000"
  })
  void numbersLieOneBeyondTheirBounds(String name, String field, String value) {
    assertThat(field(name, field)).asString().isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "price min, price, -1",
    "price max, price, 1000000000000000000",
    "discount max, discount, 10001",
    "latitude min, latitude, -90000001"
  })
  void soDoAmounts(String name, String field, BigInteger digits) {
    byte[] bytes = ((ByteBuffer) field(name, field)).array();
    assertThat(new BigInteger(bytes)).isEqualTo(digits);
  }

  @Test
  void textsAreTooLongOrBlankOrHoldNul() {
    assertThat(field("product_name max_length", "product_name")).asString().hasSize(401);
    assertThat(field("product_name required", "product_name")).asString().isBlank();
    assertThat(field("product_name type", "product_name")).asString().isEqualTo("Chair\0");
    assertThat(field("ts_id type", "ts_id")).asString().isEqualTo("not a UUID");
  }

  @Test
  void withoutDriftThereIsNoSchemaOfItsOwn() {
    assertThat(Poison.all(Sound.contract()).stream().map(Poison::name))
        .doesNotContain("value of a schema that drifted too far")
        .hasSize(BY_NAME.size() - 1)
        .contains("key_bucket bucket_of of a tombstone", "key_partition partitions", "no key");
  }

  @Test
  void noneIsLargerThanTheBrokerTakes() {
    Message sound = new SaleEncoder(Sound.contract()).message(Sound.sale(Sound.DAY, 1));
    assertThat(poisons().map(poison -> poison.spoiling().apply(sound)))
        .allMatch(
            spoilt -> spoilt.value() == null || spoilt.value().length < Topic.LARGEST_RECORD / 2);
  }

  private Object field(String name, String field) {
    Message sound = new SaleEncoder(Sound.contract()).message(Sound.sale(Sound.DAY, 1));
    Message spoilt = BY_NAME.get(name).spoiling().apply(sound);
    return Sound.contract().value().plain(spoilt.value()).get(field);
  }

  private String verdict(Message message) {
    return judge.verdict(message.partition(), message.key(), message.value()).orElse("");
  }
}

package io.furnistream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {

  private static final String JSON =
      "{\"late\":5,\"duplicates\":2,\"corrections\":1,\"drift\":40,\"refused\":{\"quantity\":2,\"unreadable\":3}}";

  @Test
  void theLedgersTextIsOneJsonObject() {
    Faults faults =
        new Faults(5, 2, 1, 40, new TreeMap<>(Map.of("unreadable", 3L, "quantity", 2L)));

    assertThat(faults.json()).isEqualTo(JSON);
    assertThat(Faults.parse(JSON)).isEqualTo(faults);
    assertThat(faults.allRefused()).isEqualTo(5);
  }

  @Test
  void aKindOfALaterVersionIsNoMistake() {
    assertThat(Faults.parse(JSON.replace("{\"late\"", "{\"early\":{\"a\":1},\"late\"")))
        .isEqualTo(Faults.parse(JSON));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "12 of them",
        "{}",
        "{\"late\":1}",
        "{\"late\":1,\"duplicates\":1,\"corrections\":1,\"drift\":1,\"refused\":null}",
        "{\"late\":1,\"duplicates\":1,\"corrections\":1,\"drift\":1,\"refused\":{\"quantity\":null}}",
        "{\"late\":1,\"duplicates\":1,\"corrections\":1,\"drift\":1,\"refused\":{\"quantity\":\"many\"}}"
      })
  void anyOtherTextIsRefused(String text) {
    assertThatThrownBy(() -> Faults.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void headersSayWhereARecordComesFrom() {
    FaultOrigin origin = new FaultOrigin("shöp", LocalDate.of(2024, 2, 29), "run");
    Headers headers = new RecordHeaders(origin.headers("late"));

    assertThat(headers.lastHeader("furnistream.fault").value())
        .isEqualTo("late".getBytes(StandardCharsets.UTF_8));
    assertThat(FaultOrigin.of(headers)).contains(origin);
  }

  @ParameterizedTest
  @CsvSource({
    "furnistream.dataset,",
    "furnistream.day,",
    "furnistream.run,",
    "furnistream.day, 2023-02-29",
    "furnistream.day, +1000000000-01-01"
  })
  void headersThatDoNotSayItSayNothing(String name, String text) {
    Headers headers =
        new RecordHeaders(new FaultOrigin("shop", LocalDate.of(2024, 2, 29), "run").headers("x"));
    headers.remove(name);
    headers.add(name, text == null ? null : text.getBytes(StandardCharsets.UTF_8));

    assertThat(FaultOrigin.of(headers)).isEmpty();
    assertThat(FaultOrigin.of(new RecordHeaders())).isEmpty();
  }

  @Test
  void aHeaderOfAMegabyteIsNotRead() {
    FaultOrigin origin = new FaultOrigin("x".repeat(1 << 20), LocalDate.of(2024, 2, 29), "run");

    assertThat(FaultOrigin.of(new RecordHeaders(origin.headers("late")))).isEmpty();
  }
}

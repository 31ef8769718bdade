package io.furnistream.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What holds for every transform, over records of all kinds: it throws nothing but DataException,
 * leaves the record that came in and all other fields as they are, keeps what the schema says of
 * itself, makes a record that is valid, and does the same to the same record again.
 */
class RandomRecordsTest {

  private static final int RECORDS = 20_000;
  private static final long SEED = 8;

  /** Of so many records, at least so many must have got through, or the test would test nothing. */
  private static final int FEWEST_MADE = RECORDS / 100;

  @Test
  void dateParts() {
    holds(
        new DateParts.Value<>(),
        Map.of("field", "ts"),
        "ts_year",
        "ts_month",
        "ts_day",
        "ts_weekday");
    holds(
        new DateParts.Value<>(),
        Map.of("field", "inner.ts", "prefix", "of_"),
        "of_year",
        "of_month",
        "of_day",
        "of_weekday");
  }

  @Test
  void geoCell() {
    holds(new GeoCell.Value<>(), Map.of(), "cell", "cell_latitude", "cell_longitude");
    holds(
        new GeoCell.Value<>(),
        Map.of("grid", "geohash"),
        "cell",
        "cell_latitude",
        "cell_longitude");
  }

  @Test
  void pseudonymise() {
    Map<String, String> properties =
        Map.of("fields", "name", "key", "0123456789abcdef0123456789abcdef");
    holds(new Pseudonymise.Value<>(), properties, "name");
  }

  @Test
  void lookup(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), "a,name\n1,x\ntrue,y\nz,\n");
    holds(
        new Lookup.Value<>(),
        Map.of("table.file", file.toString(), "key.fields", "a", "columns", "found=name:string"),
        "found");
  }

  @Test
  void screen(@TempDir Path folder) throws IOException {
    Path rules =
        Files.writeString(
            folder.resolve("rules.json"),
            """
            {"rules": [{"name": "time", "field": "ts", "required": true},
                       {"name": "named", "field": "name", "type": "text", "pattern": "[^a]*"},
                       {"name": "north", "field": "latitude", "min": 0},
                       {"name": "within", "field": "inner.name", "max_length": 2},
                       {"name": "dotted", "field": "`b.c`", "type": "integer"}]}
            """);
    RandomRecords records = new RandomRecords(SEED);
    Transformation<SinkRecord> screen =
        Records.configured(
            new Screen.Value<>(), Map.of("rules.file", rules.toString(), "on.failure", "mark"));
    int passed = 0;
    Set<Object> broken = new TreeSet<>();
    for (int i = 0; i < RECORDS; i++) {
      SinkRecord before = records.next();
      try {
        SinkRecord after = screen.apply(before);
        assertThat(after.value()).isSameAs(before.value());
        assertThat(after.valueSchema()).isSameAs(before.valueSchema());
        assertThat(before.headers()).isEmpty();
        Header mark = after.headers().lastWithName("screen.rule");
        if (mark == null) {
          assertThat(after).isSameAs(before);
          passed++;
        } else {
          broken.add(mark.value());
        }
      } catch (DataException e) {
        assertThat(before.value()).isNotInstanceOf(Struct.class);
      }
    }
    assertThat(passed).isGreaterThan(FEWEST_MADE);
    assertThat(broken).containsExactly("dotted", "named", "north", "time", "within");
  }

  @Test
  void routeByField() {
    RandomRecords records = new RandomRecords(SEED);
    Transformation<SinkRecord> route =
        Records.configured(
            new RouteByField<>(),
            Map.of(
                "topic", "${topic}.${value.name}", "topics", "topic.a", "default.topic", "other"));
    int made = 0;
    for (int i = 0; i < RECORDS; i++) {
      SinkRecord before = records.next();
      try {
        SinkRecord after = route.apply(before);
        assertThat(after.topic()).isIn("topic", "other", "topic.a");
        assertThat(after.value()).isSameAs(before.value());
        assertThat(after.valueSchema()).isSameAs(before.valueSchema());
        made += after.topic().equals(before.topic()) ? 0 : 1;
      } catch (DataException e) {
        assertThat(e).hasMessageContaining("'");
      }
    }
    assertThat(made).isGreaterThan(FEWEST_MADE);
  }

  /** Checks a transform that writes these fields at the top of the value. */
  private static void holds(
      Transformation<SinkRecord> transform, Map<String, String> properties, String... written) {
    transform.configure(properties);
    RandomRecords records = new RandomRecords(SEED);
    // The same records, which no transform has seen.
    RandomRecords unseen = new RandomRecords(SEED);
    int made = 0;
    for (int i = 0; i < RECORDS; i++) {
      SinkRecord before = records.next();
      Object cameIn = unseen.next().value();
      SinkRecord after;
      try {
        after = transform.apply(before);
      } catch (DataException e) {
        continue;
      }
      assertThat(text(before.value())).as("the record that came in").isEqualTo(text(cameIn));
      if (before.value() == null) {
        assertThat(after).isSameAs(before);
        continue;
      }
      made++;
      assertThat(transform.apply(before).value()).isEqualTo(after.value());
      othersAreUntouched(before, after, Set.of(written));
    }
    transform.close();
    assertThat(made).isGreaterThan(FEWEST_MADE);
  }

  private static String text(Object value) {
    // Without the identity that an array prints.
    return String.valueOf(value).replaceAll("\\[B@[0-9a-f]+", "bytes");
  }

  private static void othersAreUntouched(SinkRecord before, SinkRecord after, Set<String> written) {
    Set<String> names = new TreeSet<>(written);
    if (before.value() instanceof Struct source) {
      Struct updated = (Struct) after.value();
      updated.validate();
      assertThat(after.valueSchema()).isSameAs(updated.schema());
      assertThat(updated.schema().name()).isEqualTo(source.schema().name());
      assertThat(updated.schema().version()).isEqualTo(source.schema().version());
      assertThat(updated.schema().doc()).isEqualTo(source.schema().doc());
      assertThat(updated.schema().parameters()).isEqualTo(source.schema().parameters());
      for (Field field : source.schema().fields()) {
        if (names.add(field.name())) {
          assertThat(updated.schema().field(field.name()).schema()).isEqualTo(field.schema());
          assertThat(updated.getWithoutDefault(field.name()))
              .isSameAs(source.getWithoutDefault(field.name()));
        }
      }
      assertThat(updated.schema().fields())
          .extracting(Field::name)
          .containsExactlyInAnyOrderElementsOf(names);
    } else {
      Map<?, ?> source = (Map<?, ?>) before.value();
      Map<?, ?> updated = (Map<?, ?>) after.value();
      assertThat(after.valueSchema()).isNull();
      source.forEach(
          (name, value) -> {
            if (names.add((String) name)) {
              assertThat(updated.get(name)).isSameAs(value);
            }
          });
      assertThat(updated.keySet()).isEqualTo(names);
    }
  }
}

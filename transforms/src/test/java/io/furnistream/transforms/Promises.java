package io.furnistream.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;

/**
 * What holds for every transform, over records of all kinds: it throws nothing but DataException,
 * leaves the record that came in and all other fields as they are, keeps what the schema says of
 * itself, makes a record that is valid, and does the same to the same record again.
 */
final class Promises {

  static final int RECORDS = 20_000;
  static final long SEED = 8;

  /** Of so many records, at least so many must have got through, or the test would test nothing. */
  static final int FEWEST_MADE = RECORDS / 100;

  private Promises() {}

  /** Checks a transform that writes these fields at the top of the value. */
  static void hold(
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

package io.furnistream.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.sink.filter.FieldFilterFactory;
import io.debezium.sink.filter.FieldFilterFactory.FieldNameFilter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RememberingFilterTest {

  @Test
  void theListOfFieldsSaysForEachTopicWhatIsWritten() {
    FieldNameFilter filter =
        new RememberingFilter(
            FieldFilterFactory.createFieldFilter("one:a, one:b,two:a,everywhere", null));
    for (int time = 0; time < 2; time++) {
      assertThat(filter.matches("one", "a")).isTrue();
      assertThat(filter.matches("one", "b")).isTrue();
      assertThat(filter.matches("two", "b")).isFalse();
      assertThat(filter.matches("three", "a")).isFalse();
      assertThat(filter.matches("three", "everywhere")).isTrue();
    }
  }

  @Test
  void aFieldIsAskedForOnce() {
    List<String> asked = new ArrayList<>();
    RememberingFilter filter =
        new RememberingFilter(
            (topic, field) -> {
              asked.add(topic + "." + field);
              return field.equals("a");
            });
    for (int time = 0; time < 3; time++) {
      assertThat(filter.matches("one", "a")).isTrue();
      assertThat(filter.matches("one", "b")).isFalse();
    }
    assertThat(asked).containsExactly("one.a", "one.b");

    // Whatever fields somebody makes up, their number is bounded.
    for (int field = 0; field < RememberingFilter.MOST; field++) {
      filter.matches("one", "field" + field);
    }
    asked.clear();
    assertThat(filter.matches("one", "a")).isTrue();
    assertThat(asked).containsExactly("one.a");
  }
}

package io.furnistream.connectors.postgres;

import io.debezium.sink.filter.FieldFilterFactory.FieldNameFilter;
import java.util.HashMap;
import java.util.Map;

/**
 * A filter that asks another one once for each field of a topic. Debezium's parses its whole list
 * for every field of every record, which was more than half of what the sink did. Not thread-safe.
 */
final class RememberingFilter implements FieldNameFilter {

  /** So many answers are remembered: more fields than the topics ever have. */
  static final int MOST = 10_000;

  private final FieldNameFilter filter;
  private final Map<Field, Boolean> answers = new HashMap<>();

  RememberingFilter(FieldNameFilter filter) {
    this.filter = filter;
  }

  @Override
  public boolean matches(String topic, String field) {
    Field asked = new Field(topic, field);
    Boolean known = answers.get(asked);
    if (known == null) {
      if (answers.size() >= MOST) {
        answers.clear();
      }
      known = filter.matches(topic, field);
      answers.put(asked, known);
    }
    return known;
  }

  private record Field(String topic, String name) {}
}

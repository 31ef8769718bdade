package io.furnistream.datagen.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Within which times a live run has produced the sales of a day: in order, none touches the next.
 * Not thread-safe.
 */
final class Spans {

  /** Most that an entry of the ledger has room for. */
  static final int MOST = 150;

  private static final JsonMapper JSON = new JsonMapper();
  private static final TypeReference<List<List<String>>> PAIRS = new TypeReference<>() {};

  private final List<Span> spans = new ArrayList<>();

  /**
   * A stretch of time.
   *
   * @param from included
   * @param to excluded; not before {@code from}
   */
  record Span(Instant from, Instant to) {}

  /**
   * Reads what {@link #json} has written.
   *
   * @throws IllegalArgumentException when the text is something else
   */
  static Spans parse(String json) {
    Spans spans = new Spans();
    try {
      for (List<String> pair : JSON.readValue(json, PAIRS)) {
        if (!spans.add(Instant.parse(pair.get(0)), Instant.parse(pair.get(1)))) {
          throw new IllegalArgumentException("These are not in order: " + json);
        }
      }
    } catch (JsonProcessingException
        | DateTimeException
        | IndexOutOfBoundsException
        | NullPointerException e) {
      throw new IllegalArgumentException("These are no pairs of instants: " + json, e);
    }
    return spans;
  }

  /**
   * Adds a stretch, or lengthens the last one when this begins where that ends.
   *
   * @return false when it begins before that ends, or ends before it begins; nothing has changed
   *     then
   */
  boolean add(Instant from, Instant to) {
    int last = spans.size() - 1;
    if (to.isBefore(from) || (last >= 0 && from.isBefore(spans.get(last).to()))) {
      return false;
    }
    if (last >= 0 && spans.get(last).to().equals(from)) {
      spans.set(last, new Span(spans.get(last).from(), to));
    } else {
      spans.add(new Span(from, to));
    }
    return true;
  }

  /** All of them. */
  List<Span> all() {
    return List.copyOf(spans);
  }

  /** As the ledger states them. */
  String json() {
    try {
      return JSON.writeValueAsString(
          spans.stream()
              .map(span -> List.of(span.from().toString(), span.to().toString()))
              .toList());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts are always JSON", e);
    }
  }
}

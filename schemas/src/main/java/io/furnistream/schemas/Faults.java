package io.furnistream.schemas;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run injected on purpose into one day, as the ledger states it: the field {@code faults}.
 *
 * @param late records sent after records of later times
 * @param duplicates records sent a second time
 * @param corrections records of which something else was said first
 * @param drift records that landed although another schema than the contract's wrote them
 * @param refused records that every store refuses, by the rule that they break
 */
@JsonIgnoreProperties(ignoreUnknown = true) // a later version may have kinds of its own
public record Faults(
    long late, long duplicates, long corrections, long drift, SortedMap<String, Long> refused) {

  /** The rule of those that break none, since they cannot be read. */
  public static final String UNREADABLE = "unreadable";

  /** No faults. */
  public static final Faults NONE = new Faults(0, 0, 0, 0, new TreeMap<>());

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  /**
   * Counts, which are not changed any more.
   *
   * @throws IllegalArgumentException when one is missing or negative
   */
  public Faults {
    refused = Collections.unmodifiableSortedMap(new TreeMap<>(refused));
    if (Math.min(Math.min(late, duplicates), Math.min(corrections, drift)) < 0
        || refused.values().stream().anyMatch(count -> count == null || count < 0)) {
      throw new IllegalArgumentException("A count of faults is missing or negative");
    }
  }

  /** Both together. */
  public Faults plus(Faults other) {
    SortedMap<String, Long> sum = new TreeMap<>(refused);
    other.refused.forEach((rule, records) -> sum.merge(rule, records, Long::sum));
    return new Faults(
        late + other.late,
        duplicates + other.duplicates,
        corrections + other.corrections,
        drift + other.drift,
        sum);
  }

  /** How many records every store refuses. */
  public long allRefused() {
    return refused.values().stream().mapToLong(Long::longValue).sum();
  }

  /** As the ledger states them: one JSON object. */
  public String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Counts are always JSON", e);
    }
  }

  /**
   * Reads what {@link #json} has written.
   *
   * @throws IllegalArgumentException when the text is something else
   */
  public static Faults parse(String json) {
    Faults faults;
    try {
      faults = JSON.readValue(json, Faults.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
    if (faults == null) {
      throw new IllegalArgumentException("It is null");
    }
    return faults;
  }
}

package io.furnistream.producing;

import io.furnistream.schemas.Topic;
import java.util.Map;

/**
 * The ids that a registry gave to the contracts of some topics. An id never changes, so it is asked
 * for once and not for each record.
 *
 * @param keys of the contracts of the topics' keys
 * @param values of the contracts of their values, of the same topics
 */
public record SchemaIds(Map<Topic, Integer> keys, Map<Topic, Integer> values) {

  /** Ids, which are not changed any more. */
  public SchemaIds {
    keys = Map.copyOf(keys);
    values = Map.copyOf(values);
  }
}

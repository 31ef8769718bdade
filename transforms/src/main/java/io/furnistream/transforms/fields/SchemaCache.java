package io.furnistream.transforms.fields;

import java.util.function.Function;
import org.apache.kafka.common.cache.Cache;
import org.apache.kafka.common.cache.LRUCache;
import org.apache.kafka.common.cache.SynchronizedCache;
import org.apache.kafka.connect.data.Schema;

/**
 * What was worked out for the 16 schemas that were used last.
 *
 * @param <T> what is worked out
 */
public final class SchemaCache<T> {

  private static final int SCHEMAS = 16;

  private final Cache<Schema, T> cache = new SynchronizedCache<>(new LRUCache<>(SCHEMAS));

  /** The one seen last: records of one topic mostly share a schema object, and no lock is taken. */
  private volatile Entry<T> last = new Entry<>(null, null);

  /** An empty one. */
  public SchemaCache() {}

  /**
   * What was worked out for a schema, now or before.
   *
   * @param make works it out; must not give null
   */
  public T get(Schema schema, Function<Schema, T> make) {
    Entry<T> seen = last;
    if (seen.schema == schema) {
      return seen.made;
    }
    T made = cache.get(schema);
    if (made == null) {
      made = make.apply(schema);
      cache.put(schema, made);
    }
    last = new Entry<>(schema, made);
    return made;
  }

  private record Entry<T>(Schema schema, T made) {}
}

package io.furnistream.aggregates;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * One kind of entry in a state store that holds several. A store costs memory, a topic and a part
 * in every transaction, so a stage has one for all that it updates in place.
 */
final class Section {

  private final KeyValueStore<Bytes, byte[]> store;
  private final int code;

  /**
   * A part of the store.
   *
   * @param code the first byte of its keys, no other section's
   */
  Section(KeyValueStore<Bytes, byte[]> store, int code) {
    this.store = store;
    this.code = code;
  }

  /** The value of a key; null when there is none. */
  byte[] get(byte[] key) {
    return store.get(Bytes.wrap(prefixed(key)));
  }

  void put(byte[] key, byte[] value) {
    store.put(Bytes.wrap(prefixed(key)), value);
  }

  void delete(byte[] key) {
    store.delete(Bytes.wrap(prefixed(key)));
  }

  /** The keys that begin with {@code prefix}, as they are now: the store may change meanwhile. */
  List<byte[]> keys(byte[] prefix) {
    List<byte[]> keys = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries =
        store.prefixScan(prefixed(prefix), new ByteArraySerializer())) {
      entries.forEachRemaining(entry -> keys.add(withoutPrefix(entry.key.get())));
    }
    return keys;
  }

  private byte[] prefixed(byte[] key) {
    byte[] prefixed = new byte[1 + key.length];
    prefixed[0] = (byte) code;
    System.arraycopy(key, 0, prefixed, 1, key.length);
    return prefixed;
  }

  private static byte[] withoutPrefix(byte[] key) {
    return new ByteReader(key, 1).rest();
  }
}

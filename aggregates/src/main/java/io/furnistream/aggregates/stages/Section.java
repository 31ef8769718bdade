package io.furnistream.aggregates.stages;

import java.util.Arrays;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * One kind of entry in a state store that holds several. A store costs memory, a topic and a part
 * in every transaction, so a stage has one for all that it updates in place.
 *
 * @param store holds the entries
 * @param code the first byte of its keys, no other section's
 */
record Section(KeyValueStore<Bytes, byte[]> store, int code) {

  /** The value of a key; null when there is none. */
  byte[] get(byte[] key) {
    return store.get(prefixed(key));
  }

  void put(byte[] key, byte[] value) {
    store.put(prefixed(key), value);
  }

  void delete(byte[] key) {
    store.delete(prefixed(key));
  }

  /** The first key with this prefix; null when there is none. */
  byte[] firstKey(byte[] prefix) {
    try (KeyValueIterator<Bytes, byte[]> entries =
        store.prefixScan(prefixed(prefix), new BytesSerializer())) {
      if (!entries.hasNext()) {
        return null;
      }
      byte[] key = entries.next().key.get();
      return Arrays.copyOfRange(key, 1, key.length);
    }
  }

  private Bytes prefixed(byte[] key) {
    byte[] prefixed = new byte[1 + key.length];
    prefixed[0] = (byte) code;
    System.arraycopy(key, 0, prefixed, 1, key.length);
    return Bytes.wrap(prefixed);
  }
}

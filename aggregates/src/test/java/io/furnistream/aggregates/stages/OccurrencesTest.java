package io.furnistream.aggregates.stages;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.aggregates.tables.ByteWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** Values of a key, compared with a plain map, below and above what one entry holds. */
class OccurrencesTest {

  private static final byte[] KEY = {1, 2, 3};
  private static final int TOGETHER = 32;

  private final KeyValueStore<Bytes, byte[]> store = Stores.inMemoryKeyValueStore("m").get();
  private final Occurrences.Form form = Occurrences.Form.of(TOGETHER, store, 0, 1);

  @Test
  void holdsWhatAMapHolds() {
    Random random = new Random(5);
    Map<Integer, Long> expected = new HashMap<>();
    for (int round = 0; round < 200; round++) {
      Occurrences state = Occurrences.read(form, KEY);
      for (int change = 0; change < 20; change++) {
        int group = random.nextInt(3 * TOGETHER);
        long records = random.nextInt(3);
        state.setRecords(bytes(group), records);
        expected.put(group, records);
        int asked = random.nextInt(3 * TOGETHER);
        assertThat(state.records(bytes(asked))).isEqualTo(expected.getOrDefault(asked, 0L));
        assertThat(state.first()).isEqualTo(first(expected));
      }
      state.write();
    }

    Occurrences last = Occurrences.read(form, KEY);
    for (int group = 0; group < 3 * TOGETHER; group++) {
      assertThat(last.records(bytes(group))).isEqualTo(expected.getOrDefault(group, 0L));
      last.setRecords(bytes(group), 0);
    }
    last.write();
    assertThat(store.approximateNumEntries()).as("nothing is left of it").isZero();
  }

  @Test
  void anEntryIsBounded() {
    Occurrences state = Occurrences.read(form, KEY);
    for (int group = 0; group < 10_000; group++) {
      state.setRecords(bytes(group), 1);
    }
    state.write();

    try (var entries = store.all()) {
      entries.forEachRemaining(entry -> assertThat(entry.value.length).isLessThan(8 * TOGETHER));
    }
  }

  private static byte[] first(Map<Integer, Long> records) {
    return records.entrySet().stream()
        .filter(each -> each.getValue() != 0)
        .map(each -> bytes(each.getKey()))
        .min(Arrays::compareUnsigned)
        .orElse(null);
  }

  private static byte[] bytes(int group) {
    return new ByteWriter().number(group).toByteArray();
  }
}

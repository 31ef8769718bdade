package io.furnistream.aggregates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** A member's groups, held against a plain map, below and above what one entry holds. */
class MemberStateTest {

  private static final byte[] MEMBER = {1, 2, 3};

  private final KeyValueStore<Bytes, byte[]> store = Stores.inMemoryKeyValueStore("m").get();

  @Test
  void holdsWhatAMapHolds() {
    Random random = new Random(5);
    Map<Integer, Long> expected = new HashMap<>();
    for (int round = 0; round < 200; round++) {
      MemberState state = MemberState.read(store, MEMBER);
      for (int change = 0; change < 20; change++) {
        int group = random.nextInt(3 * MemberState.TOGETHER);
        long records = random.nextInt(3);
        state.setRecords(bytes(group), records);
        expected.put(group, records);
        int asked = random.nextInt(3 * MemberState.TOGETHER);
        assertThat(state.records(bytes(asked))).isEqualTo(expected.getOrDefault(asked, 0L));
      }
      state.write();
    }

    MemberState last = MemberState.read(store, MEMBER);
    for (int group = 0; group < 3 * MemberState.TOGETHER; group++) {
      assertThat(last.records(bytes(group))).isEqualTo(expected.getOrDefault(group, 0L));
      last.setRecords(bytes(group), 0);
    }
    last.write();
    assertThat(store.approximateNumEntries()).as("nothing is left of it").isZero();
  }

  @Test
  void anEntryIsBounded() {
    MemberState state = MemberState.read(store, MEMBER);
    for (int group = 0; group < 10_000; group++) {
      state.setRecords(bytes(group), 1);
    }
    state.write();

    try (var entries = store.all()) {
      entries.forEachRemaining(
          entry -> assertThat(entry.value.length).isLessThan(8 * MemberState.TOGETHER));
    }
  }

  private static byte[] bytes(int group) {
    return new ByteWriter().number(group).toByteArray();
  }
}

package io.furnistream.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class IsolationTest {

  private static final int BATCH = 4000;

  private final Store store = new Store();

  @Test
  void aSoundBatchIsOneWrite() {
    assertThat(new Isolation(store).land(batch(BATCH))).isEmpty();
    assertThat(store.writes).isOne();
  }

  @Test
  void oneOfFourThousandTakesAFewWritesMore() {
    store.bad.add(2718L);

    assertThat(offsets(new Isolation(store).land(batch(BATCH)))).containsExactly(2718L);
    assertThat(store.writes).isLessThanOrEqualTo(1 + 2 * 12);
    assertThat(store.landed).hasSize(BATCH - 1);
  }

  @Test
  void aBatchOfNothingElseTakesLessThanTwoWritesARecord() {
    LongStream.range(0, BATCH).forEach(store.bad::add);

    assertThat(new Isolation(store).land(batch(BATCH))).hasSize(BATCH);
    assertThat(store.writes).isLessThan(2 * BATCH);
  }

  /** A plain loop that writes record by record agrees, whatever the store had kept of a batch. */
  @Test
  void theLastSoundRecordOfAKeyStays() {
    Random random = new Random(13);
    for (int round = 0; round < 200; round++) {
      Store mixed = new Store();
      List<SinkRecord> batch = new ArrayList<>();
      Map<Object, Long> expected = new HashMap<>();
      for (long offset = 0; offset < 60; offset++) {
        SinkRecord record = record("key " + random.nextInt(10), offset);
        batch.add(record);
        if (random.nextInt(4) == 0) {
          mixed.bad.add(offset);
        } else {
          expected.put(record.key(), offset);
        }
      }
      Set<Long> refused = offsets(new Isolation(mixed).land(batch));
      assertThat(refused).isEqualTo(mixed.bad);
      assertThat(mixed.landed).isEqualTo(expected);
    }
  }

  @Test
  void anOutageOnTheWayIsThrown() {
    store.bad.add(1L);
    store.awayAtWrite = 3;

    assertThatThrownBy(() -> new Isolation(store).land(batch(8))).hasMessage("away");
  }

  /** After a failure that looks like the record's, and was the session's. */
  @Test
  void noRecordIsGivenUpWhileTheDatabaseDoesNotAnswer() {
    store.bad.add(1L);
    store.answers = false;

    assertThatThrownBy(() -> new Isolation(store).land(batch(8))).hasMessage("no answer");
  }

  private static List<SinkRecord> batch(int size) {
    return IntStream.range(0, size).mapToObj(i -> record("key " + i, i)).toList();
  }

  private static SinkRecord record(String key, long offset) {
    return new SinkRecord("t", 0, null, key, null, offset, offset);
  }

  private static Set<Long> offsets(Map<SinkRecord, DataException> refused) {
    return refused.keySet().stream().map(SinkRecord::kafkaOffset).collect(Collectors.toSet());
  }

  /** Refuses a batch with a bad record, of which it may have kept the later half already. */
  private static final class Store implements RowStore {

    private final Set<Long> bad = new HashSet<>();
    private final Map<Object, Long> landed = new HashMap<>();
    private int writes;
    private int awayAtWrite;
    private boolean answers = true;

    @Override
    public void write(List<SinkRecord> records) {
      writes++;
      if (writes == awayAtWrite) {
        throw new ConnectException("away", new java.sql.SQLException("", "57P01"));
      }
      boolean refused = records.stream().anyMatch(record -> bad.contains(record.kafkaOffset()));
      records.stream()
          .filter(record -> !bad.contains(record.kafkaOffset()))
          .sorted(Comparator.comparingLong(SinkRecord::kafkaOffset))
          .skip(refused ? records.size() / 2 : 0)
          .forEach(record -> landed.put(record.key(), record.kafkaOffset()));
      if (refused) {
        throw new DataException("refused");
      }
    }

    @Override
    public void ping() {
      if (!answers) {
        throw new ConnectException("no answer");
      }
    }
  }
}

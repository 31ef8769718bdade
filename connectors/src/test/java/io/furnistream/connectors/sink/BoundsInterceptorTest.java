package io.furnistream.connectors.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.util.ConnectUtils;
import org.junit.jupiter.api.Test;

class BoundsInterceptorTest {

  private static final TopicPartition PARTITION = new TopicPartition("sales", 3);
  private static final Map<TopicPartition, OffsetAndMetadata> NEXT =
      Map.of(PARTITION, new OffsetAndMetadata(9));

  private final BoundsInterceptor interceptor = new BoundsInterceptor();

  @Test
  void aTimeThatStopsTheWorkerIsReadAsNone() {
    ConsumerRecords<byte[], byte[]> read =
        interceptor.onConsume(
            new ConsumerRecords<>(
                Map.of(
                    PARTITION,
                    List.of(
                        record(5, 1_701_406_800_000L), record(6, Long.MIN_VALUE), record(8, -2))),
                NEXT));

    assertThatThrownBy(() -> ConnectUtils.checkAndConvertTimestamp(-2L))
        .as("what the worker does with it")
        .isInstanceOf(InvalidRecordException.class);
    List<ConsumerRecord<byte[], byte[]>> records =
        StreamSupport.stream(read.spliterator(), false).toList();
    assertThat(records)
        .extracting(record -> ConnectUtils.checkAndConvertTimestamp(record.timestamp()))
        .containsExactly(1_701_406_800_000L, null, null);
    assertThat(read.nextOffsets()).isEqualTo(NEXT);
    ConsumerRecord<byte[], byte[]> bounded = records.get(2);
    assertThat(bounded.timestampType()).isEqualTo(TimestampType.NO_TIMESTAMP_TYPE);
    assertThat(bounded.topic()).isEqualTo("sales");
    assertThat(bounded.partition()).isEqualTo(3);
    assertThat(bounded.offset()).isEqualTo(8);
    assertThat(bounded.key()).containsExactly(1);
    assertThat(bounded.value()).containsExactly(2);
    assertThat(bounded.headers().lastHeader("h").value()).containsExactly(4);
    assertThat(bounded.leaderEpoch()).contains(7);
  }

  @Test
  void headersThatWouldFillTheWorkersMemoryAreLeftOut() {
    ConsumerRecord<byte[], byte[]> crowded = record(5, 1_701_406_800_000L);
    for (int header = 0; header < 8_000; header++) {
      crowded.headers().add("", null);
    }

    ConsumerRecords<byte[], byte[]> read =
        interceptor.onConsume(new ConsumerRecords<>(Map.of(PARTITION, List.of(crowded)), NEXT));

    ConsumerRecord<byte[], byte[]> left = read.iterator().next();
    assertThat(left.headers()).hasSize(100);
    assertThat(left.headers().iterator().next().key()).isEqualTo("h");
    assertThat(left.timestamp()).isEqualTo(1_701_406_800_000L);
    assertThat(left.timestampType()).isEqualTo(TimestampType.CREATE_TIME);
    assertThat(left.value()).containsExactly(2);
  }

  @Test
  void otherRecordsPassAsTheyAre() {
    ConsumerRecords<byte[], byte[]> records =
        new ConsumerRecords<>(Map.of(PARTITION, List.of(record(5, 0), record(6, -1))), NEXT);

    assertThat(interceptor.onConsume(records)).isSameAs(records);
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset, long timestamp) {
    return new ConsumerRecord<>(
        "sales",
        3,
        offset,
        timestamp,
        TimestampType.CREATE_TIME,
        1,
        1,
        new byte[] {1},
        new byte[] {2},
        new RecordHeaders(List.of(new RecordHeader("h", new byte[] {4}))),
        Optional.of(7));
  }
}

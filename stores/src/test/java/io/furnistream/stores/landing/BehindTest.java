package io.furnistream.stores.landing;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.schemas.Sink;
import io.furnistream.schemas.Topic;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BehindTest {

  private static final TopicPartition RECORDS_0 = new TopicPartition("daily_records", 0);
  private static final TopicPartition RECORDS_1 = new TopicPartition("daily_records", 1);
  private static final TopicPartition LEDGER_0 = new TopicPartition("run_ledger", 0);

  @Test
  void aGroupPastTheLastRecordHasCaughtUp() {
    Map<TopicPartition, Long> wanted = Map.of(RECORDS_0, 100L, RECORDS_1, 7L);

    assertThat(behind(Map.of(RECORDS_0, 100L, RECORDS_1, 8L), wanted)).isEmpty();
  }

  @Test
  void aGroupBeforeTheLastRecordIsBehindByPartition() {
    Map<TopicPartition, Long> wanted = Map.of(RECORDS_1, 7L, RECORDS_0, 100L);

    assertThat(behind(Map.of(RECORDS_0, 99L), wanted))
        .extracting(Behind::inWords)
        .containsExactly(
            "connect-cassandra-daily-records, topic daily_records, partition 0: committed offset 99, wanted 100",
            "connect-cassandra-daily-records, topic daily_records, partition 1: committed offset none, wanted 7");
  }

  @Test
  void aGroupWithoutMembersOrThatRebalancesIsNamedSo() {
    Behind behind = behind(Map.of(), Map.of(RECORDS_0, 100L)).get(0);

    assertThat(behind.inWords()).endsWith("wanted 100");
    assertThat(behind.in(GroupState.EMPTY).inWords())
        .endsWith("wanted 100 (no member of the group is running)");
    assertThat(behind.in(GroupState.PREPARING_REBALANCE).inWords())
        .endsWith("wanted 100 (the group is rebalancing)");
  }

  @Test
  void aPartitionWithoutRecordsNeedsNothing() {
    assertThat(behind(Map.of(), Map.of())).isEmpty();
  }

  @Test
  void topicsThatAGroupDoesNotReadArePassedOver() {
    Map<TopicPartition, Long> wanted = Map.of(LEDGER_0, 5L);

    assertThat(behind(Map.of(), wanted)).isEmpty();
    assertThat(Behind.of(ConsumerGroup.of(Sink.POSTGRES_REPORT), Map.of(), wanted)).hasSize(1);
  }

  @Test
  void aSinksGroupIsThatOfItsConnectorAndReadsItsTopics() {
    assertThat(ConsumerGroup.sinks())
        .extracting(ConsumerGroup::id)
        .containsExactly(
            "connect-cassandra-daily-records",
            "connect-cassandra-daily-report",
            "connect-postgres-daily-report");
    assertThat(ConsumerGroup.sinks())
        .extracting(ConsumerGroup::topics)
        .containsExactlyElementsOf(
            Stream.of(Sink.values())
                .map(sink -> sink.topics().stream().map(Topic::topicName).toList())
                .toList());
  }

  private static List<Behind> behind(
      Map<TopicPartition, Long> committed, Map<TopicPartition, Long> wanted) {
    return Behind.of(ConsumerGroup.of(Sink.CASSANDRA_RECORDS), committed, wanted);
  }
}

package io.furnistream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables of the topics. */
class CatalogueTest {

  @ParameterizedTest
  @EnumSource(Topic.class)
  void aTableHasTheFieldsOfItsKeyThenThoseOfItsValueEachOnce(Topic topic) {
    TopicTable table = topic.table();
    List<String> expected = new ArrayList<>(names(topic.keySchema()));
    names(topic.valueSchema()).stream()
        .filter(name -> !expected.contains(name))
        .forEach(expected::add);

    assertThat(table.name()).isEqualTo(topic.topicName());
    assertThat(table.columns().stream().map(TopicColumn::name)).isEqualTo(expected);
    assertThat(table.key().stream().map(TopicColumn::name)).isEqualTo(names(topic.keySchema()));
    assertThat(table.stores()).isNotEmpty();
    assertThat(table.columns())
        .allSatisfy(column -> assertThat(column.kind()).isNotNull())
        .allSatisfy(column -> assertThat(column.name()).matches("[a-z_]+"));
  }

  @Test
  void kindsAreThoseOfTheContract() {
    TopicTable records = Topic.DAILY_RECORDS.table();
    assertThat(records.column("ts_id").kind()).isEqualTo(ColumnKind.TEXT);
    assertThat(records.column("line").kind()).isEqualTo(ColumnKind.COUNT);
    assertThat(records.column("price").kind()).isEqualTo(ColumnKind.AMOUNT);
    assertThat(records.column("discount").kind()).isEqualTo(ColumnKind.AMOUNT);
    assertThat(records.column("latitude").kind()).isEqualTo(ColumnKind.COORDINATE);
    assertThat(records.column("ts_date").kind()).isEqualTo(ColumnKind.DATE);
    assertThat(records.column("ts").kind()).isEqualTo(ColumnKind.INSTANT);
    assertThat(Topic.DAILY_PU_REV.table().column("daily_pu").kind()).isEqualTo(ColumnKind.COUNT);
  }

  @Test
  void whatMayBeNullIsNullable() {
    TopicTable records = Topic.DAILY_RECORDS.table();
    assertThat(records.columns().stream().filter(TopicColumn::nullable).map(TopicColumn::name))
        .contains("latitude", "longitude", "unit_cost", "profit")
        .doesNotContain("ts_id", "quantity", "revenue");
    assertThat(records.column("profit").type()).isEqualTo(records.column("revenue").type());
  }

  @Test
  void aDayIsADateOrTheUtcDayOfAnInstant() {
    for (Topic topic : Topic.values()) {
      topic
          .table()
          .day()
          .ifPresent(
              day -> {
                assertThat(topic.table().key()).as("key of %s", topic).contains(day);
                assertThat(day.kind()).isIn(ColumnKind.DATE, ColumnKind.INSTANT);
              });
    }
    assertThat(Topic.DAILY_PU_REV.table().day().orElseThrow().name()).isEqualTo("ts_date");
    assertThat(Topic.SALES_BY_MINUTE.table().day().orElseThrow().kind())
        .isEqualTo(ColumnKind.INSTANT);
    assertThat(Topic.RECENT_RECORDS.table().day()).isEmpty();
  }

  @Test
  void aStoreNamesItsTopics() {
    assertThat(Topic.in(StoreKind.CASSANDRA))
        .containsExactly(
            Topic.DAILY_RECORDS,
            Topic.DAILY_PU_REV,
            Topic.DAILY_CATEGORY_PRODUCT,
            Topic.DAILY_ADDRESS);
    assertThat(Topic.in(StoreKind.PARQUET)).isEqualTo(Topic.in(StoreKind.CASSANDRA));
    assertThat(Topic.in(StoreKind.POSTGRES))
        .hasSize(Topic.values().length - 1)
        .doesNotContain(Topic.DAILY_RECORDS);
  }

  /** Whoever waits for the sinks would pass over a topic that none of them reads. */
  @ParameterizedTest
  @EnumSource(
      value = StoreKind.class,
      mode = EnumSource.Mode.EXCLUDE,
      // Closed from Cassandra, without Connect.
      names = "PARQUET")
  void oneSinkReadsEachTopicOfAStore(StoreKind store) {
    List<Topic> read = new ArrayList<>();
    Stream.of(Sink.values())
        .filter(sink -> sink.store() == store)
        .forEach(sink -> read.addAll(sink.topics()));

    assertThat(read).containsExactlyInAnyOrderElementsOf(Topic.in(store));
  }

  @Test
  void aTableIsNamedWithWhatItStandsIn() {
    assertThat(Topic.DAILY_RECORDS.table().in(StoreKind.CASSANDRA))
        .isEqualTo("furniture.daily_records");
    assertThat(Topic.DAILY_PU_REV.table().in(StoreKind.POSTGRES))
        .isEqualTo("daily_report.daily_pu_rev");
    assertThat(Topic.DAILY_PU_REV.table().in(StoreKind.PARQUET)).isEqualTo("daily_pu_rev");
    TopicTable states = Topic.DAILY_STATE.table();
    assertThatThrownBy(() -> states.in(StoreKind.CASSANDRA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("daily_state is not in CASSANDRA");
  }

  @Test
  void whatProducersWriteIsNotCompactedAndAllElseIs() {
    assertThat(Topic.LOGS).containsExactly(Topic.DAILY_RECORDS, Topic.RUN_LEDGER);
    assertThat(Topic.AGGREGATED).doesNotContainAnyElementsOf(Topic.LOGS);
    assertThat(Topic.AGGREGATED).doesNotContain(Topic.PROOFS);
    assertThat(Topic.AGGREGATED.size() + Topic.LOGS.size() + 1).isEqualTo(Topic.values().length);
    for (Topic topic : Topic.values()) {
      assertThat(topic.config().get("cleanup.policy"))
          .as(topic.topicName())
          .isEqualTo(Topic.LOGS.contains(topic) ? "delete" : "compact");
      assertThat(topic.config().get("delete.retention.ms"))
          .as("a sink that was paused for weeks sees every tombstone of " + topic.topicName())
          .isEqualTo(Topic.LOGS.contains(topic) ? null : Long.toString(28 * 86_400_000L));
    }
  }

  @Test
  void aDeadLetterIsKeptAndMayBeLargerThanTheLargestRecord() {
    NewTopic topic =
        DeadLetterTopics.newTopic(DeadLetterTopics.AGGREGATES, PlatformSettings.defaults());
    String fourMebibytes = Integer.toString(4 * 1024 * 1024);

    assertThat(topic.name()).isEqualTo("dead_letter_aggregates");
    assertThat(topic.numPartitions()).isEqualTo(1);
    assertThat(topic.replicationFactor()).isEqualTo((short) 1);
    assertThat(topic.configs())
        .containsAllEntriesOf(Topic.KEEP_EVERY_EVENT_TIME)
        .containsEntry("max.message.bytes", fourMebibytes)
        .containsEntry("max.decompressed.message.bytes", fourMebibytes);
  }

  @Test
  void whatNoTableHasIsRefused() {
    TopicTable table = Topic.DAILY_STATE.table();
    assertThatThrownBy(() -> table.column("state; DROP TABLE x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("daily_state has no column");
    assertThatThrownBy(() -> ColumnKind.of(Schema.create(Schema.Type.DOUBLE)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<String> names(Schema schema) {
    return schema.getFields().stream().map(Schema.Field::name).toList();
  }
}

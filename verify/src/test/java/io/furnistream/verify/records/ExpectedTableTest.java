package io.furnistream.verify.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.schemas.Topic;
import io.furnistream.schemas.TopicColumn;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.TableLayout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExpectedTableTest {

  @ParameterizedTest
  @EnumSource(
      value = Topic.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"RUN_LEDGER", "PROOFS"})
  void everyTableHasItsColumns(Topic topic) {
    TableLayout layout =
        topic == Topic.RECENT_RECORDS ? TableLayout.of(topic, "ts_date") : TableLayout.of(topic);
    try (Sold sold = new Sold()) {
      sold.prepare(DayRange.ALL);
      for (TopicColumn column : layout.allColumns()) {
        assertThat(
                sold.database()
                    .count(
                        "SELECT count(\"%s\") AS count FROM %s WHERE of_day IS NOT NULL"
                            .formatted(column.name(), ExpectedTable.of(layout))))
            .isZero();
      }
    }
  }
}

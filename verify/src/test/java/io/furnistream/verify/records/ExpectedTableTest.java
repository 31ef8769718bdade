package io.furnistream.verify.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.schemas.Topic;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExpectedTableTest {

  @Test
  void everyTableOfTheAggregatesThatIsKeptByDayIsWorkedOut() {
    assertThat(Stream.of(ExpectedTable.values()).map(table -> table.layout().name()))
        .containsExactlyElementsOf(
            Stream.of(Topic.values())
                .filter(Topic.AGGREGATED::contains)
                .filter(topic -> topic.table().day().isPresent())
                .map(Topic::topicName)
                .toList());
  }
}

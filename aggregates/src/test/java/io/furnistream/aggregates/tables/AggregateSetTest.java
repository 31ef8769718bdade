package io.furnistream.aggregates.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.schemas.Topic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AggregateSetTest {

  @Test
  void everyAggregatedTopicOfTheCatalogueHasItsAggregate() {
    List<Topic> written = new ArrayList<>(List.of(Topic.RECENT_RECORDS)); // by a stage of its own
    AggregateSet.ALL.forEach(aggregate -> written.add(aggregate.topic()));

    assertThat(written).containsExactlyInAnyOrderElementsOf(Topic.AGGREGATED);
  }
}

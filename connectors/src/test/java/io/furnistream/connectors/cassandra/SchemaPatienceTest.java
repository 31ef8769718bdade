package io.furnistream.connectors.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.Test;

class SchemaPatienceTest {

  private final SchemaDisagreementException disagreement =
      new SchemaDisagreementException("furniture.t", null);

  private Instant now = Instant.EPOCH;
  private final SchemaPatience patience = new SchemaPatience(() -> now);

  @Test
  void waitsForItsLimitAndThenFailsTheTask() {
    assertThat(patience.next(disagreement)).isInstanceOf(RetriableException.class);
    now = now.plus(SchemaPatience.LIMIT).minusMillis(1);
    assertThat(patience.next(disagreement)).isInstanceOf(RetriableException.class);

    now = now.plusMillis(1);

    assertThat(patience.next(disagreement))
        .isNotInstanceOf(RetriableException.class)
        .hasMessageContaining("furniture.t")
        .hasMessageContaining("nodetool describecluster");
  }

  @Test
  void beginsAnewAfterABatchThatWasWritten() {
    patience.next(disagreement);
    patience.over();
    now = now.plus(SchemaPatience.LIMIT);

    assertThat(patience.next(disagreement)).isInstanceOf(RetriableException.class);
  }
}

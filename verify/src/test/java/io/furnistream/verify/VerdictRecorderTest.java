package io.furnistream.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.furnistream.cli.CannotRunException;
import io.furnistream.schemas.Proofs;
import io.furnistream.schemas.ProofsKey;
import io.furnistream.schemas.Topic;
import io.furnistream.stores.kafka.Kafka;
import io.furnistream.testing.PlatformBroker;
import io.furnistream.verify.report.Verdict;
import io.furnistream.verify.tables.DayRange;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictRecorderTest {

  private static final Instant NOW = Instant.parse("2023-12-31T23:59:59.123456Z");
  private static final DayRange DECEMBER =
      new DayRange(LocalDate.parse("2023-12-01"), LocalDate.parse("2023-12-31"));

  @TempDir private Path folder;
  private PlatformBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = PlatformBroker.start(folder);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void aVerdictIsRecordedUnderItsDaysWithItsTime() throws Exception {
    broker.create(Topic.PROOFS);
    record(verdict(DECEMBER, Verdict.Outcome.NOT_PROVED));
    record(verdict(DayRange.ALL, Verdict.Outcome.PROVED));

    List<ConsumerRecord<ProofsKey, Proofs>> recorded = broker.read(Topic.PROOFS);
    assertThat(recorded)
        .extracting(ConsumerRecord::key)
        .containsExactly(new ProofsKey("2023-12-01/2023-12-31"), new ProofsKey("all"));
    assertThat(recorded)
        .extracting(ConsumerRecord::value)
        .containsExactly(
            new Proofs(
                Instant.parse("2023-12-31T23:59:59.123Z"),
                "NOT_PROVED",
                LocalDate.parse("2023-12-01"),
                LocalDate.parse("2023-12-31"),
                31L,
                1_500L,
                2L,
                1L,
                "kafka, cassandra"),
            new Proofs(
                Instant.parse("2023-12-31T23:59:59.123Z"),
                "PROVED",
                null,
                null,
                31L,
                1_500L,
                2L,
                1L,
                "kafka, cassandra"));
    assertThat(recorded)
        .extracting(ConsumerRecord::timestamp)
        .containsOnly(Instant.parse("2023-12-31T23:59:59.123Z").toEpochMilli());
  }

  @Test
  void aStackWithoutTheTopicIsRefusedAndTheCureNamed() {
    assertRefused("lacks the topic proofs");
  }

  @Test
  void aStackWithoutItsSchemasIsRefusedAndTheCureNamed() throws Exception {
    broker.create(Topic.PROOFS, 1, Map.of());
    assertRefused("lacks the schema of proofs-key");
    broker.register(Topic.PROOFS);
    try (Kafka kafka = new Kafka(broker.endpoints())) {
      assertThatCode(() -> RecordedProofs.require(broker.endpoints(), kafka))
          .doesNotThrowAnyException();
    }
  }

  /** No producer registers a schema: that is provisioning's. */
  @Test
  void aVerdictThatCannotBeRecordedIsSaid() throws Exception {
    broker.create(Topic.PROOFS, 1, Map.of());

    assertThatThrownBy(() -> record(verdict(DayRange.ALL, Verdict.Outcome.PROVED)))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("was not recorded in the topic proofs");
    assertThat(broker.count(Topic.PROOFS)).isZero();
  }

  private void assertRefused(String message) {
    try (Kafka kafka = new Kafka(broker.endpoints())) {
      assertThatThrownBy(() -> RecordedProofs.require(broker.endpoints(), kafka))
          .isInstanceOf(CannotRunException.class)
          .hasMessageContainingAll(message, "`furnistream up`", "`provision`");
    }
  }

  private void record(Verdict verdict) {
    new VerdictRecorder(broker.endpoints(), Clock.fixed(NOW, ZoneOffset.UTC)).record(verdict);
  }

  private static Verdict verdict(DayRange range, Verdict.Outcome outcome) {
    return new Verdict(range, outcome, 31, 1_500, 2, 1, "kafka, cassandra");
  }
}

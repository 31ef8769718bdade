package io.furnistream.verify;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Endpoints;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.Proofs;
import io.furnistream.schemas.ProofsKey;
import io.furnistream.schemas.RecordId;
import io.furnistream.schemas.Topic;
import io.furnistream.verify.report.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Writes a verdict to the topic {@code proofs}, in place of the last one of the same days. Nothing
 * that is compared is written to.
 */
final class VerdictRecorder {

  /** A broker that is started again meanwhile is waited for. */
  private static final Duration WITHIN = Duration.ofSeconds(60);

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);

  private final Endpoints endpoints;
  private final Clock clock;

  /**
   * A recorder for this stack.
   *
   * @param clock says when a verdict was reached
   */
  VerdictRecorder(Endpoints endpoints, Clock clock) {
    this.endpoints = endpoints;
    this.clock = clock;
  }

  /**
   * Records a verdict, which is acknowledged when the call returns.
   *
   * @throws CannotRunException when it cannot be recorded
   */
  void record(Verdict verdict) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    ProofsKey key = new ProofsKey(verdict.scope());
    // Not by the serialised key: see RecordId.partition.
    int partition = RecordId.of(verdict.scope()).partition(Topic.PROOFS.partitions());
    try (KafkaProducer<ProofsKey, Proofs> producer = new KafkaProducer<>(settings())) {
      producer
          .send(
              new ProducerRecord<>(
                  Topic.PROOFS.topicName(),
                  partition,
                  now.toEpochMilli(),
                  key,
                  value(verdict, now)))
          .get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw notRecorded(e.getCause());
    } catch (KafkaException e) {
      throw notRecorded(e);
    }
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings =
        new HashMap<>(
            new AvroClients(endpoints.kafkaClient(), endpoints.registryClient()).producer());
    int within = Math.toIntExact(WITHIN.toMillis());
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, within);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, within);
    settings.put(
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(ANSWER_WITHIN.toMillis()));
    return settings;
  }

  private static Proofs value(Verdict verdict, Instant now) {
    return Proofs.newBuilder()
        .setProvedAt(now)
        .setVerdict(verdict.outcome().name())
        .setFromDay(verdict.firstDay())
        .setToDay(verdict.lastDay())
        .setDays(verdict.days())
        .setRecords(verdict.records())
        .setDifferences(verdict.differences())
        .setProblems(verdict.problems())
        .setCompared(verdict.compared())
        .build();
  }

  private CannotRunException notRecorded(Throwable cause) {
    return new CannotRunException(
        "The verdict is as printed, but was not recorded in the topic %s of Kafka at %s: %s. See that this client may write it, and verify again."
            .formatted(Topic.PROOFS.topicName(), endpoints.bootstrapServers(), cause.getMessage()),
        cause);
  }
}

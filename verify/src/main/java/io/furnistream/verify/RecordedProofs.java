package io.furnistream.verify;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Endpoints;
import io.furnistream.cli.UnavailableException;
import io.furnistream.schemas.SchemaRegistrar;
import io.furnistream.schemas.Topic;
import io.furnistream.stores.kafka.Kafka;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;

/** The topic in which proofs are recorded: a stack of an earlier version has none. */
final class RecordedProofs {

  private static final int NOT_FOUND = 404;

  private RecordedProofs() {}

  /**
   * Refuses a stack without the topic or without its schemas: before everything is compared, and
   * not when the verdict is to be recorded.
   *
   * @throws CannotRunException when one is missing; the message names what creates it
   */
  static void require(Endpoints endpoints, Kafka kafka) {
    if (kafka.partitionsIfThere(List.of(Topic.PROOFS.topicName())).isEmpty()) {
      throw new CannotRunException(
          "Kafka at %s lacks the topic %s, in which verify records its verdict. Run `furnistream up` or `provision`, which create it."
              .formatted(endpoints.bootstrapServers(), Topic.PROOFS.topicName()));
    }
    SchemaRegistrar registrar = new SchemaRegistrar(endpoints.registryClient());
    require(endpoints, registrar, "-key", Topic.PROOFS.keySchema());
    require(endpoints, registrar, "-value", Topic.PROOFS.valueSchema());
  }

  private static void require(
      Endpoints endpoints, SchemaRegistrar registrar, String suffix, Schema schema) {
    String subject = Topic.PROOFS.topicName() + suffix;
    try {
      registrar.id(subject, schema);
    } catch (RestClientException e) {
      if (e.getStatus() != NOT_FOUND) {
        throw unavailable(endpoints, e);
      }
      throw new CannotRunException(
          "The registry at %s lacks the schema of %s, under which verify records its verdict. Run `furnistream up` (where the stack runs, `furnistream down` first) or `provision`, which register it."
              .formatted(endpoints.registryUrl(), subject),
          e);
    } catch (IOException e) {
      throw unavailable(endpoints, e);
    }
  }

  private static UnavailableException unavailable(Endpoints endpoints, Exception cause) {
    return new UnavailableException(
        "The registry at %s does not answer: %s. Start it, or set %s to where it is."
            .formatted(endpoints.registryUrl(), cause.getMessage(), Endpoints.REGISTRY_URL),
        cause);
  }
}

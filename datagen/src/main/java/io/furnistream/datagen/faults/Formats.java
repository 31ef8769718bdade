package io.furnistream.datagen.faults;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.furnistream.cli.CannotRunException;
import io.furnistream.schemas.SchemaRegistrar;
import io.furnistream.schemas.Topic;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.Schema;

/**
 * The schemas that write sales, with their ids in the registry.
 *
 * @param key the contract's
 * @param value the contract's
 * @param drifted others that {@code daily_records} takes; none without {@code --drift}
 * @param foreign one that it does not take; none without {@code --drift}
 */
record Formats(
    WireFormat key, WireFormat value, List<WireFormat> drifted, Optional<WireFormat> foreign) {

  private static final String KEYS = Topic.DAILY_RECORDS.topicName() + "-key";
  private static final String VALUES = Topic.DAILY_RECORDS.topicName() + "-value";

  /**
   * Asks the registry for the ids of the contract's schemas, and registers others if that is asked
   * for.
   *
   * @param drift whether to register
   * @param messages is told what was registered
   * @throws CannotRunException when the registry does not answer, or takes no other schema
   */
  static Formats of(SchemaRegistrar registrar, boolean drift, Consumer<String> messages) {
    try {
      WireFormat key = known(registrar, KEYS, Topic.DAILY_RECORDS.keySchema());
      WireFormat value = known(registrar, VALUES, Topic.DAILY_RECORDS.valueSchema());
      List<WireFormat> drifted = new ArrayList<>();
      Optional<WireFormat> foreign = Optional.empty();
      if (drift) {
        for (Schema schema : DriftedSchemas.compatible()) {
          drifted.add(registered(registrar, VALUES, schema, messages));
        }
        Schema schema = DriftedSchemas.foreign();
        foreign = Optional.of(registered(registrar, schema.getFullName(), schema, messages));
      }
      return new Formats(key, value, List.copyOf(drifted), foreign);
    } catch (IOException | RestClientException e) {
      throw new CannotRunException(
          "The registry does not give or take the schemas of %s: %s. See `furnistream status`; a registry that takes no further schema can do without --drift."
              .formatted(Topic.DAILY_RECORDS.topicName(), e.getMessage()),
          e);
    }
  }

  private static WireFormat known(SchemaRegistrar registrar, String subject, Schema schema)
      throws IOException, RestClientException {
    return new WireFormat(schema, registrar.id(subject, schema));
  }

  private static WireFormat registered(
      SchemaRegistrar registrar, String subject, Schema schema, Consumer<String> messages)
      throws IOException, RestClientException {
    int id = registrar.register(subject, schema);
    messages.accept("--drift: schema %d is registered under %s.".formatted(id, subject));
    return new WireFormat(schema, id);
  }
}

package io.furnistream.schemas;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.furnistream.cli.CannotRunException;
import java.io.IOException;
import java.util.OptionalInt;
import org.apache.avro.Schema;

/**
 * How many buckets the store's data were written with, as the registry keeps it: the size of a
 * fixed type, which the registry itself refuses to change. It is part of the key of every record.
 */
public final class BucketsContract {

  /** Its subject in the registry. */
  public static final String SUBJECT = Topic.DAILY_RECORDS.topicName() + "-buckets";

  private static final int NOT_FOUND = 404;
  private static final String DOC =
      "Its size is the number of buckets that each day of daily_records has. No record has this type.";

  private BucketsContract() {}

  /** The type that says how many there are. */
  public static Schema schema(int buckets) {
    return Schema.createFixed("Buckets", DOC, BucketsContract.class.getPackageName(), buckets);
  }

  /**
   * How many a registry says there are.
   *
   * @return empty when it does not say: a registry of an earlier version, or one without our
   *     schemas
   * @throws IOException when it does not answer
   * @throws RestClientException when it answers with another error than that there is none
   */
  public static OptionalInt read(SchemaRegistryClient registry)
      throws IOException, RestClientException {
    try {
      return OptionalInt.of(
          new Schema.Parser()
              .parse(registry.getLatestSchemaMetadata(SUBJECT).getSchema())
              .getFixedSize());
    } catch (RestClientException e) {
      if (e.getStatus() == NOT_FOUND) {
        return OptionalInt.empty();
      }
      throw e;
    }
  }

  /**
   * Refuses settings with another number than the store's data were written with.
   *
   * @throws CannotRunException when they have; the message says what to do
   * @throws IOException when the registry does not answer
   * @throws RestClientException when it answers with an error
   */
  public static void require(SchemaRegistryClient registry, PlatformSettings settings)
      throws IOException, RestClientException {
    int buckets = read(registry).orElse(PlatformSettings.FIRST_BUCKETS);
    if (buckets != settings.buckets()) {
      throw new CannotRunException(
          "The store was set up with %d buckets, and the settings say cassandra.buckets=%d (%s). Have %s name the settings that the store was set up with."
              .formatted(
                  buckets, settings.buckets(), settings.source(), PlatformSettings.VARIABLE));
    }
  }
}

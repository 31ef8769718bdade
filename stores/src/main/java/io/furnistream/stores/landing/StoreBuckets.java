package io.furnistream.stores.landing;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Endpoints;
import io.furnistream.schemas.SchemaRegistrar;
import java.io.IOException;

/** How many buckets the store's data were written with. */
public final class StoreBuckets {

  private StoreBuckets() {}

  /**
   * Refuses settings of this process with another number: a reader would miss buckets.
   *
   * @throws CannotRunException when they have another number, or the registry, which knows it, does
   *     not answer
   */
  public static void require(Endpoints endpoints) {
    try {
      new SchemaRegistrar(endpoints.registryClient()).requireBuckets();
    } catch (IOException | RestClientException e) {
      throw new CannotRunException(
          "The registry at %s does not answer: %s. Start it, or set %s to where it is."
              .formatted(endpoints.registryUrl(), e.getMessage(), Endpoints.REGISTRY_URL),
          e);
    }
  }
}

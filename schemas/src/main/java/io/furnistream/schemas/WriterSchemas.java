package io.furnistream.schemas;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.util.concurrent.UncheckedExecutionException;
import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientConfig;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Finds the schema that wrote a key or a value, and tells a fault of the data from a fault of the
 * registry, which Confluent's deserializer reports alike. What it refuses Connect's converter
 * refuses too: it asks the registry the same questions. Thread-safe.
 */
public final class WriterSchemas implements AutoCloseable {

  /** Bytes before the Avro ones: a zero and the schema's id. */
  public static final int HEADER_BYTES = 1 + Integer.BYTES;

  private static final byte MAGIC = 0;
  private static final int NOT_FOUND = 404;
  private static final int REMEMBERED = 1000;

  /** So long a refused id is refused unasked: a flood of such records costs one question. */
  private static final Duration REFUSED_FOR = Duration.ofSeconds(10);

  private static final Map<String, Object> TIMEOUTS =
      Map.of(
          SchemaRegistryClientConfig.HTTP_CONNECT_TIMEOUT_MS, 5_000,
          SchemaRegistryClientConfig.HTTP_READ_TIMEOUT_MS, 10_000);

  private final SchemaRegistryClient registry;
  private final Cache<Id, Schema> found = CacheBuilder.newBuilder().maximumSize(REMEMBERED).build();
  private final Cache<Id, SerializationException> refused =
      CacheBuilder.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(REFUSED_FOR).build();

  private record Id(String subject, int number) {}

  /**
   * Asks a registry.
   *
   * @param url Confluent's {@code schema.registry.url}
   */
  public WriterSchemas(String url) {
    this.registry =
        SchemaRegistryClientFactory.newClient(
            url, REMEMBERED, List.of(new AvroTexts()), TIMEOUTS, Map.of());
  }

  /**
   * The schema that wrote a key or a value.
   *
   * @param subject a contract's: a registry without it has lost its schemas, or has yet to be given
   *     them
   * @param bytes the key or the value, from its header on
   * @throws SerializationException when it begins with no schema's id, or with one that is unknown,
   *     another subject's or not Avro's
   * @throws RegistryUnavailableException when the registry cannot say
   */
  public Schema of(String subject, byte[] bytes) {
    if (bytes.length < HEADER_BYTES || bytes[0] != MAGIC) {
      throw new SerializationException(
          "The bytes do not begin with a zero and a schema's id: they were not written by Confluent's serializer");
    }
    Id id = new Id(subject, ByteBuffer.wrap(bytes).getInt(1));
    Schema known = found.getIfPresent(id);
    if (known != null) {
      return known;
    }
    SerializationException refusal = refused.getIfPresent(id);
    if (refusal != null) {
      throw refusal;
    }
    try {
      Schema schema = asked(id);
      found.put(id, schema);
      return schema;
    } catch (SerializationException e) {
      refused.put(id, e);
      throw e;
    } catch (RestClientException | IOException e) {
      throw new RegistryUnavailableException(
          "The registry does not say what schema %d of %s is (%s)"
              .formatted(id.number(), subject, e.getMessage()),
          e);
    }
  }

  @Override
  public void close() throws IOException {
    registry.close();
  }

  private Schema asked(Id id) throws IOException, RestClientException {
    try {
      return ofSubject(id);
    } catch (RestClientException e) {
      if (e.getStatus() != NOT_FOUND) {
        throw e;
      }
      // Fails where the registry does not have the subject.
      registry.getLatestSchemaMetadata(id.subject());
    }
    try {
      // Again: the schemas may have come between the two questions.
      return ofSubject(id);
    } catch (RestClientException e) {
      if (e.getStatus() != NOT_FOUND) {
        throw e;
      }
      throw new SerializationException(
          "The registry knows no schema %d of %s".formatted(id.number(), id.subject()), e);
    }
  }

  private Schema ofSubject(Id id) throws IOException, RestClientException {
    ParsedSchema parsed;
    try {
      parsed = registry.getSchemaBySubjectAndId(id.subject(), id.number());
    } catch (UncheckedExecutionException e) {
      throw new SerializationException("Schema %d is not Avro's".formatted(id.number()), e);
    }
    // By its id a registry hands out another subject's too. A deleted version still counts.
    registry.getVersion(id.subject(), parsed);
    return (Schema) parsed.rawSchema();
  }

  /**
   * Lets out what is wrong with a schema's text, as the client does for a type without a provider.
   * Confluent's makes an IOException of it, like that of a connection that breaks.
   */
  private static final class AvroTexts extends AvroSchemaProvider {

    @Override
    public Optional<ParsedSchema> parseSchema(
        io.confluent.kafka.schemaregistry.client.rest.entities.Schema schema,
        boolean isNew,
        boolean normalize) {
      // An answer without a text is none of a registry.
      return schema.getSchema() == null
          ? Optional.empty()
          : Optional.of(parseSchemaOrElseThrow(schema, isNew, normalize));
    }
  }
}

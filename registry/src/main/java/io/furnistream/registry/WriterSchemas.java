package io.furnistream.registry;

import com.google.common.base.Splitter;
import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.util.concurrent.UncheckedExecutionException;
import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientConfig;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Finds the schema that wrote a key or a value, and distinguishes a fault of the data from a fault
 * of the registry, which Confluent's classes report alike. Thread-safe.
 *
 * <p>An id is the record's fault only where the registry has the subject, seen within the last
 * second. A refused id is refused without asking for a second; after that the schema may have been
 * registered.
 */
public final class WriterSchemas implements AutoCloseable {

  /** Bytes before the Avro ones: a zero and the schema's id. */
  public static final int HEADER_BYTES = 1 + Integer.BYTES;

  private static final byte MAGIC = 0;
  private static final int REMEMBERED = 1000;

  /** How long an answer is reused: a flood of bad ids costs few requests. */
  private static final Duration FRESH_FOR = Duration.ofSeconds(1);

  private static final Map<String, Object> TIMEOUTS =
      Map.of(
          SchemaRegistryClientConfig.HTTP_CONNECT_TIMEOUT_MS, 5_000,
          SchemaRegistryClientConfig.HTTP_READ_TIMEOUT_MS, 10_000);

  private final SchemaRegistryClient registry;
  private final Cache<Id, Schema> found = CacheBuilder.newBuilder().maximumSize(REMEMBERED).build();
  private final Cache<Id, SerializationException> refused;
  private final Cache<String, Boolean> subjects;

  private record Id(String subject, int number) {}

  /**
   * Asks a registry.
   *
   * @param properties of Confluent's client: {@code schema.registry.url}, a comma-separated list,
   *     and what it needs beside it
   */
  public WriterSchemas(Map<String, ?> properties) {
    this(
        Splitter.on(',')
            .trimResults()
            .splitToList(String.valueOf(properties.get("schema.registry.url"))),
        properties,
        Map.of());
  }

  /**
   * Asks a registry that needs more than its address.
   *
   * @param urls Confluent's {@code schema.registry.url}
   * @param properties of Confluent's client, for credentials, TLS, timeouts and the like
   * @param headers of every request
   */
  public WriterSchemas(List<String> urls, Map<String, ?> properties, Map<String, String> headers) {
    this(client(urls, properties, headers), Ticker.systemTicker());
  }

  WriterSchemas(SchemaRegistryClient registry, Ticker clock) {
    this.registry = registry;
    CacheBuilder<Object, Object> fresh =
        CacheBuilder.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(FRESH_FOR).ticker(clock);
    this.refused = fresh.build();
    this.subjects = fresh.build();
  }

  /** The client to ask with: it caches what it found, but not what is latest. */
  static SchemaRegistryClient client(
      List<String> urls, Map<String, ?> properties, Map<String, String> headers) {
    Map<String, Object> all = new HashMap<>(TIMEOUTS);
    all.putAll(properties);
    // For a minute it would say that a registry still has what it has lost.
    all.put(SchemaRegistryClientConfig.LATEST_CACHE_TTL_CONFIG, 0);
    return SchemaRegistryClientFactory.newClient(
        urls, REMEMBERED, List.of(new AvroTexts()), all, headers);
  }

  /**
   * The schema that wrote a key or a value.
   *
   * @param subject of the topic's key or value: a registry without it has lost its schemas, or has
   *     yet to be given them
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
    } catch (RestClientException | IOException | RuntimeException e) {
      // The client fails with any exception where an answer does not come from a registry.
      throw new RegistryUnavailableException(
          "The registry does not return schema %d of %s (%s)"
              .formatted(id.number(), subject, RegistryOutage.summary(e)),
          e);
    }
  }

  @Override
  public void close() throws IOException {
    registry.close();
  }

  private Schema asked(Id id) throws IOException, RestClientException {
    boolean hadSubject = subjects.getIfPresent(id.subject()) != null;
    try {
      return ofSubject(id);
    } catch (RestClientException e) {
      if (RegistryOutage.causes(e)) {
        throw e;
      }
      if (hadSubject) {
        throw unknown(id, e);
      }
    }
    // Fails where the registry does not have the subject.
    registry.getLatestSchemaMetadata(id.subject());
    subjects.put(id.subject(), true);
    try {
      // Again: the schemas may have been registered between the two requests.
      return ofSubject(id);
    } catch (RestClientException e) {
      if (RegistryOutage.causes(e)) {
        throw e;
      }
      throw unknown(id, e);
    }
  }

  private static SerializationException unknown(Id id, RestClientException answer) {
    return new SerializationException(
        "The registry knows no schema %d of %s".formatted(id.number(), id.subject()), answer);
  }

  private Schema ofSubject(Id id) throws IOException, RestClientException {
    ParsedSchema parsed;
    try {
      parsed = registry.getSchemaBySubjectAndId(id.subject(), id.number());
    } catch (UncheckedExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof IllegalStateException) {
        throw new SerializationException(
            "Schema %d is not Avro's, or too large: %s".formatted(id.number(), cause.getMessage()),
            cause);
      }
      // A schema that this one refers to was requested too.
      if (cause.getCause() instanceof RestClientException answer) {
        throw answer;
      }
      throw e;
    }
    // By id a registry returns another subject's schema too. A deleted version still counts.
    registry.getVersion(id.subject(), parsed);
    return (Schema) parsed.rawSchema();
  }

  /**
   * Distinguishes a text that is not a schema from a registry that fails: Confluent's provider
   * turns both into an IOException, like that of a connection that breaks.
   */
  private static final class AvroTexts extends AvroSchemaProvider {

    /**
     * Parses.
     *
     * @return empty when there is no text: the client makes an IOException of it
     * @throws IllegalStateException when it is not a schema, or too large a one, as the client
     *     throws for a type without a provider, and for a reference that names no subject
     */
    @Override
    public Optional<ParsedSchema> parseSchema(
        io.confluent.kafka.schemaregistry.client.rest.entities.Schema schema,
        boolean isNew,
        boolean normalize) {
      if (schema.getSchema() == null) {
        // An answer without a schema's text does not come from a registry.
        return Optional.empty();
      }
      Map<String, String> references = resolveReferences(schema);
      try {
        AvroSchema parsed =
            new AvroSchema(schema.getSchema(), schema.getReferences(), references, null);
        SchemaSize.requireBounded(parsed.rawSchema());
        return Optional.of(parsed);
      } catch (RuntimeException | StackOverflowError e) {
        throw new IllegalStateException(e.getMessage(), e);
      }
    }
  }
}

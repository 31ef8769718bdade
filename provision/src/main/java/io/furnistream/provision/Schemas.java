package io.furnistream.provision;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.RestService;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.furnistream.cli.Backoff;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Endpoints;
import io.furnistream.schemas.BucketsContract;
import io.furnistream.schemas.PlatformSettings;
import io.furnistream.schemas.SchemaRegistrar;
import io.furnistream.schemas.Topic;
import java.io.IOException;
import java.net.MalformedURLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.kafka.common.KafkaException;

/**
 * The registry's schemas and the rule by which they may change. Subjects of other names are left
 * alone.
 */
final class Schemas implements Part {

  private static final int CACHED_SCHEMAS = 100;
  private static final int NOT_FOUND = 404;
  private static final int FIRST_SERVER_ERROR = 500;
  private static final int TRIES = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final String URL = "schema.registry.url";

  private final Map<String, Object> properties;
  private final PlatformSettings settings;
  private final Map<String, Schema> contracts = new LinkedHashMap<>();

  /**
   * Schemas of a registry.
   *
   * @param properties of its client: {@code schema.registry.url}, and what it needs beside it
   */
  Schemas(Map<String, Object> properties, PlatformSettings settings) {
    this.properties = properties;
    this.settings = settings;
    for (Topic topic : Topic.values()) {
      contracts.put(topic.topicName() + "-key", topic.keySchema());
      contracts.put(topic.topicName() + "-value", topic.valueSchema());
    }
  }

  @Override
  public String name() {
    return "registry";
  }

  @Override
  public String place() {
    return "The registry at " + properties.get(URL);
  }

  @Override
  public void answers() throws Exception {
    try (Client client = client()) {
      client.registry().getAllSubjects();
    } catch (MalformedURLException | IllegalArgumentException e) {
      throw new CannotRunException(
          "%s is at no URL: %s. Set %s to one such as http://HOST:8081."
              .formatted(place(), Reason.of(e), Endpoints.REGISTRY_URL),
          e);
    } catch (KafkaException e) {
      // Its client takes its TLS from Kafka's classes.
      throw Refusal.of(place(), e, "schema.registry.*");
    } catch (IOException e) {
      if (Refusal.isMistrust(e)) {
        throw Refusal.of(place(), e, "schema.registry.ssl.*");
      }
      throw e;
    } catch (RestClientException e) {
      if (Refusal.is(e.getStatus())) {
        throw Refusal.of(place(), e, "basic.auth.* or bearer.auth.*");
      }
      throw e;
    }
  }

  @Override
  public List<Difference> differences() throws Exception {
    // A new one for each comparison, as it remembers what it was told.
    try (Client client = client()) {
      SchemaRegistryClient registry = client.registry();
      List<Difference> differences = new ArrayList<>();
      List<String> subjects = new ArrayList<>(again(registry::getAllSubjects));
      // Before the rest: with them it is a store that was set up.
      boolean hasBuckets = compareBuckets(registry, subjects, differences);
      boolean isGlobalRight = compareCompatibility(registry, subjects, differences);
      if (hasBuckets) {
        compareLevel(client, BucketsContract.SUBJECT, isGlobalRight, differences);
      }
      for (Map.Entry<String, Schema> contract : contracts.entrySet()) {
        compare(client, contract.getKey(), contract.getValue(), isGlobalRight, differences);
      }
      return differences;
    }
  }

  /**
   * Compares the number of buckets.
   *
   * @return whether the registry has the subject that says it
   */
  private boolean compareBuckets(
      SchemaRegistryClient registry, List<String> subjects, List<Difference> differences)
      throws Exception {
    OptionalInt said = again(() -> BucketsContract.read(registry));
    boolean isNew = subjects.stream().noneMatch(contracts::containsKey);
    int buckets = said.orElse(isNew ? settings.buckets() : PlatformSettings.FIRST_BUCKETS);
    if (buckets != settings.buckets()) {
      differences.add(
          Difference.forAPerson(
              "subject " + BucketsContract.SUBJECT,
              "says that the store's records have %d buckets, and the settings say %d: set cassandra.buckets=%d in %s. To change it, every record must be written again, into a new Kafka, registry and keyspace"
                  .formatted(buckets, settings.buckets(), buckets, settings.file())));
    } else if (said.isEmpty()) {
      differences.add(
          new Difference(
              "subject " + BucketsContract.SUBJECT,
              "is missing",
              () -> {
                registerAtLevel(BucketsContract.SUBJECT, BucketsContract.schema(buckets));
                return "was created: the store's records have %d buckets".formatted(buckets);
              }));
    }
    return said.isPresent();
  }

  /**
   * The registry's own level is ours to set where all of its subjects are, and so where there are
   * none: a registry that others use keeps it, and our subjects get levels of their own.
   *
   * @return whether it stays as it is
   */
  private boolean compareCompatibility(
      SchemaRegistryClient registry, List<String> subjects, List<Difference> differences)
      throws Exception {
    String level = again(() -> registry.getCompatibility(null));
    boolean isOurs =
        subjects.stream()
            .allMatch(each -> contracts.containsKey(each) || each.equals(BucketsContract.SUBJECT));
    if (!isOurs || SchemaRegistrar.COMPATIBILITY.equals(level)) {
      return true;
    }
    differences.add(
        new Difference(
            "compatibility",
            "is %s instead of %s".formatted(level, SchemaRegistrar.COMPATIBILITY),
            () -> setCompatibility(null)));
    return false;
  }

  private String setCompatibility(String subject) throws Exception {
    try (Client client = client()) {
      again(() -> client.registry().updateCompatibility(subject, SchemaRegistrar.COMPATIBILITY));
    }
    return "was set to " + SchemaRegistrar.COMPATIBILITY;
  }

  private void compare(
      Client client,
      String subject,
      Schema schema,
      boolean isGlobalRight,
      List<Difference> differences)
      throws Exception {
    compareLevel(client, subject, isGlobalRight, differences);
    SchemaRegistryClient registry = client.registry();
    if (isRegistered(registry, subject, schema)) {
      return;
    }
    if (!again(() -> registry.testCompatibility(subject, new AvroSchema(schema)))) {
      differences.add(
          Difference.forAPerson(
              "subject " + subject,
              "has a version that this one's schema cannot read; is a newer version of the platform in use? Provision with that, or delete the subject if nothing in the topic is needed"));
      return;
    }
    differences.add(
        new Difference(
            "subject " + subject,
            "lacks the schema of this version",
            () -> "was given this version's schema, id " + registerAtLevel(subject, schema)));
  }

  /** Where the registry's own level is wrong and named already, only the subject's own counts. */
  private void compareLevel(
      Client client, String subject, boolean isGlobalRight, List<Difference> differences)
      throws Exception {
    String level = compatibility(client.rest(), subject, isGlobalRight);
    if (level != null && !level.equals(SchemaRegistrar.COMPATIBILITY)) {
      differences.add(
          new Difference(
              "subject " + subject,
              "has the compatibility %s instead of %s"
                  .formatted(level, SchemaRegistrar.COMPATIBILITY),
              () -> setCompatibility(subject)));
    }
  }

  /**
   * The rule that holds for a subject: its own, or, if asked for, the registry's. Null when there
   * is none, or no such subject.
   */
  private static String compatibility(RestService rest, String subject, boolean orTheRegistrys)
      throws Exception {
    try {
      return again(
              () -> rest.getConfig(RestService.DEFAULT_REQUEST_PROPERTIES, subject, orTheRegistrys))
          .getCompatibilityLevel();
    } catch (RestClientException e) {
      if (e.getStatus() == NOT_FOUND) {
        return null;
      }
      throw e;
    }
  }

  private static boolean isRegistered(SchemaRegistryClient registry, String subject, Schema schema)
      throws Exception {
    try {
      again(() -> registry.getId(subject, new AvroSchema(schema)));
      return true;
    } catch (RestClientException e) {
      if (e.getStatus() == NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  private int registerAtLevel(String subject, Schema schema) throws Exception {
    try (Client client = client()) {
      int id = again(() -> client.registry().register(subject, new AvroSchema(schema)));
      // A registry may have no level for a subject before it has the subject.
      if (!SchemaRegistrar.COMPATIBILITY.equals(compatibility(client.rest(), subject, true))) {
        setCompatibility(subject);
      }
      return id;
    }
  }

  /**
   * A registry whose database has just come back answers with an error once for each dead pooled
   * connection.
   */
  private static <T> T again(Callable<T> request) throws Exception {
    Backoff pauses = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    for (int tried = 1; ; tried++) {
      try {
        return request.call();
      } catch (RestClientException e) {
        if (e.getStatus() < FIRST_SERVER_ERROR || tried == TRIES) {
          throw e;
        }
      }
      TimeUnit.MILLISECONDS.sleep(pauses.next().toMillis());
    }
  }

  private Client client() {
    RestService rest = new RestService(String.valueOf(properties.get(URL)));
    return new Client(rest, new CachedSchemaRegistryClient(rest, CACHED_SCHEMAS, properties));
  }

  /** The registry's client, and the requests below it, of which it does not offer all. */
  private record Client(RestService rest, SchemaRegistryClient registry) implements AutoCloseable {

    @Override
    public void close() throws IOException {
      registry.close();
    }
  }
}

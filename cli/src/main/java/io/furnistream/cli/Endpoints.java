package io.furnistream.cli;

import java.util.HashMap;
import java.util.Map;

/**
 * Where the stack answers. The jobs take it from the environment, wherever they run; the embedded
 * stack makes it from its own state folder.
 *
 * @param bootstrapServers Kafka, host:port list
 * @param registryUrl a registry with Confluent's API
 * @param connectUrl Kafka Connect's REST API, one URL or a list of those of several workers
 * @param cassandraContactPoints Cassandra, host:port list
 * @param cassandraDatacenter Cassandra's local datacenter
 * @param postgresUrl JDBC URL of the reporting database
 * @param postgresUser a role that may read the schema daily_report
 * @param postgresPassword that role's password; never printed
 * @param pseudonymKey makes the tokens that replace customers' names; never printed, and blank for
 *     those who have no use for it
 * @param clientProperties what Kafka's and the registry's clients need beside the address
 * @param cassandraConfig a configuration file of DataStax's driver, for TLS, credentials and the
 *     like; blank for none
 */
public record Endpoints(
    String bootstrapServers,
    String registryUrl,
    String connectUrl,
    String cassandraContactPoints,
    String cassandraDatacenter,
    String postgresUrl,
    String postgresUser,
    String postgresPassword,
    String pseudonymKey,
    ClientProperties clientProperties,
    String cassandraConfig) {

  /** Names of the environment variables, one for each component. */
  public static final String BOOTSTRAP_SERVERS = "FURNISTREAM_BOOTSTRAP_SERVERS";

  public static final String REGISTRY_URL = "FURNISTREAM_REGISTRY_URL";
  public static final String CONNECT_URL = "FURNISTREAM_CONNECT_URL";
  public static final String CASSANDRA_CONTACT_POINTS = "FURNISTREAM_CASSANDRA_CONTACT_POINTS";
  public static final String CASSANDRA_DATACENTER = "FURNISTREAM_CASSANDRA_DATACENTER";

  /** Names the variable for a configuration file of DataStax's driver. */
  public static final String CASSANDRA_CONFIG = "FURNISTREAM_CASSANDRA_CONFIG";

  public static final String POSTGRES_URL = "FURNISTREAM_POSTGRES_URL";
  public static final String POSTGRES_USER = "FURNISTREAM_POSTGRES_USER";
  public static final String POSTGRES_PASSWORD = "FURNISTREAM_POSTGRES_PASSWORD";

  /** The secret key of the connectors' {@code Pseudonymise}, which {@code verify} shares. */
  public static final String PSEUDONYM_KEY = "FURNISTREAM_PSEUDONYM_KEY";

  /** Names the variable for the folder of the closed days, the same for every job. */
  public static final String EXPORT_DIR = "FURNISTREAM_EXPORT_DIR";

  /** Names the variable with the folder in which verify keeps what it has read of Kafka. */
  public static final String VERIFY_DIR = "FURNISTREAM_VERIFY_DIR";

  /** Names the variable for the folder in which the gazetteer's packages are; replay reads it. */
  public static final String GAZETTEER = "FURNISTREAM_GAZETTEER";

  /** A stack that asks for neither TLS nor, but for PostgreSQL, credentials. */
  public Endpoints(
      String bootstrapServers,
      String registryUrl,
      String connectUrl,
      String cassandraContactPoints,
      String cassandraDatacenter,
      String postgresUrl,
      String postgresUser,
      String postgresPassword,
      String pseudonymKey) {
    this(
        bootstrapServers,
        registryUrl,
        connectUrl,
        cassandraContactPoints,
        cassandraDatacenter,
        postgresUrl,
        postgresUser,
        postgresPassword,
        pseudonymKey,
        ClientProperties.NONE,
        "");
  }

  /**
   * Reads the endpoints from environment variables; what is not set is in the file of client
   * properties, or on its usual port of this machine.
   *
   * @throws CannotRunException when a file that they name cannot be read; the message names it
   */
  public static Endpoints fromEnvironment(Map<String, String> environment) {
    ClientProperties clients = ClientProperties.fromEnvironment(environment);
    return new Endpoints(
        environment.getOrDefault(
            BOOTSTRAP_SERVERS,
            clients.kafka().getOrDefault(ClientProperties.BOOTSTRAP_SERVERS, "127.0.0.1:9092")),
        environment.getOrDefault(
            REGISTRY_URL,
            clients
                .registry()
                .getOrDefault(
                    ClientProperties.REGISTRY_URL, "http://127.0.0.1:8081/apis/ccompat/v7")),
        environment.getOrDefault(CONNECT_URL, "http://127.0.0.1:8083"),
        environment.getOrDefault(CASSANDRA_CONTACT_POINTS, "127.0.0.1:9042"),
        environment.getOrDefault(CASSANDRA_DATACENTER, "datacenter1"),
        environment.getOrDefault(POSTGRES_URL, "jdbc:postgresql://127.0.0.1:5432/furnistream"),
        environment.getOrDefault(POSTGRES_USER, "report_reader"),
        environment.getOrDefault(POSTGRES_PASSWORD, ""),
        environment.getOrDefault(PSEUDONYM_KEY, ""),
        clients,
        environment.getOrDefault(CASSANDRA_CONFIG, ""));
  }

  /** Properties of every client of Kafka, {@code bootstrap.servers} among them; a map to add to. */
  public Map<String, Object> kafkaClient() {
    return with(clientProperties.kafka(), ClientProperties.BOOTSTRAP_SERVERS, bootstrapServers);
  }

  /**
   * Properties of every client of the registry, {@code schema.registry.url} among them; a map to
   * add to.
   */
  public Map<String, Object> registryClient() {
    return with(clientProperties.registry(), ClientProperties.REGISTRY_URL, registryUrl);
  }

  private static Map<String, Object> with(
      Map<String, String> properties, String name, String value) {
    Map<String, Object> all = new HashMap<>(properties);
    all.put(name, value);
    return all;
  }

  @Override
  public String toString() {
    return "Endpoints[%s, %s, %s, %s, %s]"
        .formatted(bootstrapServers, registryUrl, connectUrl, cassandraContactPoints, postgresUrl);
  }
}

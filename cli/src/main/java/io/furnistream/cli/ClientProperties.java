package io.furnistream.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Properties of Kafka's and the registry's clients that a cluster asks for: TLS, SASL and the like.
 * They come from one file of the form that Kafka's own tools take as {@code --command-config}, and
 * that Confluent Cloud offers as {@code client.properties}. What Furnistream itself sets, such as
 * {@code acks}, stays as it is.
 *
 * @param kafka for every producer, consumer and admin client
 * @param registry for every client of the registry: those that begin with {@code schema.registry.},
 *     {@code basic.auth.} or {@code bearer.auth.}
 * @param connect for Kafka Connect's REST API: those that begin with {@code connect.}, without it
 */
public record ClientProperties(
    Map<String, String> kafka, Map<String, String> registry, Map<String, String> connect) {

  /** Names the variable for the file; without it a cluster is reached in plain text. */
  public static final String VARIABLE = "FURNISTREAM_CLIENT_PROPERTIES";

  /** Without TLS or credentials. */
  public static final ClientProperties NONE = new ClientProperties(Map.of(), Map.of(), Map.of());

  /** Before the properties of Connect's REST API. */
  public static final String CONNECT = "connect.";

  static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
  static final String REGISTRY_URL = "schema.registry.url";

  private static final List<String> OF_THE_REGISTRY =
      List.of("schema.registry.", "basic.auth.", "bearer.auth.");

  /** Properties, which are not changed any more. */
  public ClientProperties {
    kafka = Map.copyOf(kafka);
    registry = Map.copyOf(registry);
    connect = Map.copyOf(connect);
  }

  /**
   * Reads the file that the environment names; {@link #NONE} when it names none.
   *
   * @throws CannotRunException when the file cannot be read; the message names it
   */
  static ClientProperties fromEnvironment(Map<String, String> environment) {
    String file = environment.getOrDefault(VARIABLE, "");
    return file.isBlank() ? NONE : read(Path.of(file.strip()));
  }

  private static ClientProperties read(Path file) {
    Properties read = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      read.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new CannotRunException(
          "The client properties in %s cannot be read (%s). Set %s to a file of Kafka client properties, in UTF-8, that this user may read."
              .formatted(file, e, VARIABLE),
          e);
    }
    Map<String, String> all = new TreeMap<>();
    read.stringPropertyNames().forEach(name -> all.put(name, read.getProperty(name).strip()));
    Map<String, String> connect = new TreeMap<>();
    only(all, name -> name.startsWith(CONNECT))
        .forEach((name, value) -> connect.put(name.substring(CONNECT.length()), value));
    return new ClientProperties(
        only(all, name -> !isOfTheRegistry(name) && !name.startsWith(CONNECT)),
        only(all, ClientProperties::isOfTheRegistry),
        connect);
  }

  private static boolean isOfTheRegistry(String name) {
    return OF_THE_REGISTRY.stream().anyMatch(name::startsWith);
  }

  private static Map<String, String> only(Map<String, String> all, Predicate<String> wanted) {
    return all.entrySet().stream()
        .filter(entry -> wanted.test(entry.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Their names: a value may be a password. */
  @Override
  public String toString() {
    return "ClientProperties[%s, %s, %s]"
        .formatted(kafka.keySet(), registry.keySet(), connect.keySet());
  }
}

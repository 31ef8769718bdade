package io.furnistream.aggregates;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Endpoints;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.PlatformSettings;
import java.nio.file.Path;
import java.util.Map;

/**
 * Settings, from environment variables and the platform's settings, which a variable names.
 *
 * @param clients Kafka and the registry
 * @param stateDirectory where the state stores live; losing it costs a restore from Kafka
 * @param healthPort port of the health endpoint on the loopback address; 0 for any free one
 * @param threads stream threads
 * @param replicationFactor copies of the internal topics
 * @param minInsyncReplicas how many of these copies must have a change before it counts as stored
 * @param standbyReplicas instances that hold a copy of each task's state, besides the one that runs
 *     it, so that another one takes over without restoring it from Kafka
 */
public record AggregatesSettings(
    AvroClients clients,
    Path stateDirectory,
    int healthPort,
    int threads,
    int replicationFactor,
    int minInsyncReplicas,
    int standbyReplicas) {

  /** Folder of the state stores. */
  public static final String STATE_DIRECTORY = "FURNISTREAM_AGGREGATES_STATE_DIR";

  /** Port of the health endpoint. */
  public static final String HEALTH_PORT = "FURNISTREAM_AGGREGATES_HEALTH_PORT";

  /** Number of stream threads. */
  public static final String THREADS = "FURNISTREAM_AGGREGATES_THREADS";

  private static final int MAX_PORT = 65_535;
  private static final int MAX_THREADS = 64;

  /**
   * Reads the settings; what no variable says is as in the platform's settings.
   *
   * @throws CannotRunException when a number cannot be parsed or is out of range, or the platform's
   *     settings cannot be read
   */
  public static AggregatesSettings fromEnvironment(Map<String, String> environment) {
    Endpoints endpoints = Endpoints.fromEnvironment(environment);
    PlatformSettings platform = PlatformSettings.fromEnvironment(environment);
    return new AggregatesSettings(
        new AvroClients(endpoints.kafkaClient(), endpoints.registryClient()),
        Path.of(environment.getOrDefault(STATE_DIRECTORY, "var/aggregates")),
        number(environment, HEALTH_PORT, 8084, 0, MAX_PORT),
        number(environment, THREADS, platform.aggregatesThreads(), 1, MAX_THREADS),
        platform.replicationFactor(),
        platform.minInsyncReplicas(),
        platform.aggregatesStandbyReplicas());
  }

  private static int number(
      Map<String, String> environment, String name, int otherwise, int least, int most) {
    String text = environment.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, like a number out of range.
    }
    throw new CannotRunException(
        "%s is '%s'; set it to a number from %d to %d".formatted(name, text, least, most));
  }
}

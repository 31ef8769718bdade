package io.furnistream.benchmarks;

import io.furnistream.cli.Commands;
import io.furnistream.cli.Endpoints;
import io.furnistream.datagen.GenerateCommand;
import io.furnistream.replay.ReplayCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code generate} and {@code replay} as the command runs them; prints what they took, too. */
@Command
public final class MeasuredJob {

  private MeasuredJob() {}

  /** Where it finds Kafka and the registry; what it takes of memory does not grow with arenas. */
  public static Map<String, String> environment(Endpoints endpoints) {
    return Map.of(
        Endpoints.BOOTSTRAP_SERVERS,
        endpoints.bootstrapServers(),
        Endpoints.REGISTRY_URL,
        endpoints.registryUrl(),
        "MALLOC_ARENA_MAX",
        "2");
  }

  /** What a job needs that looks into every store, besides. */
  public static Map<String, String> environmentOfAll(Endpoints endpoints) {
    Map<String, String> environment = new HashMap<>(environment(endpoints));
    environment.put(Endpoints.CONNECT_URL, endpoints.connectUrl());
    environment.put(Endpoints.CASSANDRA_CONTACT_POINTS, endpoints.cassandraContactPoints());
    environment.put(Endpoints.CASSANDRA_DATACENTER, endpoints.cassandraDatacenter());
    environment.put(Endpoints.POSTGRES_URL, endpoints.postgresUrl());
    environment.put(Endpoints.POSTGRES_USER, endpoints.postgresUser());
    environment.put(Endpoints.POSTGRES_PASSWORD, endpoints.postgresPassword());
    environment.put(Endpoints.PSEUDONYM_KEY, endpoints.pseudonymKey());
    return environment;
  }

  /** Generates days of as many records each, in a process of its own. */
  public static MeasuredProcess generate(
      Map<String, String> environment, LocalDate from, LocalDate to, int recordsADay)
      throws IOException, InterruptedException {
    return MeasuredProcess.run(
        List.of("-Xmx512m", "-XX:+UseSerialGC"),
        environment,
        MeasuredJob.class,
        "generate",
        "--from",
        from.toString(),
        "--to",
        to.toString(),
        "--records",
        Integer.toString(recordsADay));
  }

  /** Arguments: those of {@code furnistream}. */
  public static void main(String[] args) throws IOException {
    CommandLine jobs =
        Commands.commandLine(
            new MeasuredJob(),
            new GenerateCommand(() -> Endpoints.fromEnvironment(System.getenv())),
            new ReplayCommand(
                () -> Endpoints.fromEnvironment(System.getenv()),
                () -> Optional.ofNullable(System.getenv(Endpoints.GAZETTEER)).map(Path::of)));
    MeasuredProcess.end(jobs.execute(args));
  }
}

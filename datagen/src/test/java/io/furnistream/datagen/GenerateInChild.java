package io.furnistream.datagen;

import io.furnistream.cli.Endpoints;
import io.furnistream.schemas.Topic;
import io.furnistream.testing.PlatformBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The generator as a process of its own, which a test can end or give little memory. */
public final class GenerateInChild {

  private GenerateInChild() {}

  /** Starts the program with a registry of its own memory, into which the schemas are put. */
  static Process start(Endpoints endpoints, String arguments) throws IOException {
    ProcessBuilder java = java(GenerateInChild.class, List.of(), arguments);
    java.environment()
        .putAll(
            Map.of(
                Endpoints.BOOTSTRAP_SERVERS,
                endpoints.bootstrapServers(),
                Endpoints.REGISTRY_URL,
                endpoints.registryUrl()));
    return java.inheritIO().start();
  }

  /** A JVM with the class path of this one. */
  public static ProcessBuilder java(Class<?> main, List<String> options, String arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // A JVM that lives for seconds compiles no further than pays in these.
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments.split(" ", -1)));
    return new ProcessBuilder(command);
  }

  /** The child itself. */
  public static void main(String[] args) throws Exception {
    String registry = System.getenv(Endpoints.REGISTRY_URL);
    PlatformBroker.register(registry, Topic.DAILY_RECORDS);
    PlatformBroker.register(registry, Topic.RUN_LEDGER);
    List<String> all = new ArrayList<>(List.of("generate"));
    all.addAll(List.of(args));
    Datagen.main(all.toArray(String[]::new));
  }
}

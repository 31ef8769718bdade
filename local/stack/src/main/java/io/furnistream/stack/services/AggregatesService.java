package io.furnistream.stack.services;

import io.furnistream.cli.Endpoints;
import io.furnistream.stack.process.Jvm;
import io.furnistream.stack.process.ProcessSpec;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.StateFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The aggregates: our Kafka Streams application. */
final class AggregatesService implements Service {

  static final String NAME = "aggregates";

  private static final int HEALTH_PORT = 8084;
  private static final int HEAP_MB = 256;

  private final Home home;
  private final Ports ports;
  private final Endpoints endpoints;
  private final Path folder;
  private final Path temporary;

  AggregatesService(Home home, StateFolder state, Ports ports, Endpoints endpoints) {
    this.home = home;
    this.ports = ports;
    this.endpoints = endpoints;
    this.folder = state.data(NAME);
    this.temporary = state.temporary(NAME);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int port() {
    return ports.at(HEALTH_PORT);
  }

  @Override
  public Set<Integer> ports() {
    return Set.of(ports.at(HEALTH_PORT));
  }

  @Override
  public Set<String> startsAfter() {
    return Set.of(KafkaService.NAME, RegistryService.NAME);
  }

  @Override
  public List<Path> runsFrom() {
    return List.of(libraries());
  }

  @Override
  public ProcessSpec prepare() throws Exception {
    Files.createDirectories(folder);
    Map<String, String> environment = new HashMap<>(Jvm.ENVIRONMENT);
    environment.put(Endpoints.BOOTSTRAP_SERVERS, endpoints.bootstrapServers());
    environment.put(Endpoints.REGISTRY_URL, endpoints.registryUrl());
    environment.put("FURNISTREAM_AGGREGATES_STATE_DIR", folder.resolve("state").toString());
    environment.put("FURNISTREAM_AGGREGATES_HEALTH_PORT", Integer.toString(ports.at(HEALTH_PORT)));
    return new ProcessSpec(
        Jvm.withHeap(HEAP_MB, temporary)
            .main(libraries(), "io.furnistream.aggregates.AggregatesApplication"),
        environment,
        folder);
  }

  @Override
  public void answers() throws Exception {
    Http.get("http://" + Ports.address(ports.at(HEALTH_PORT)) + "/health");
  }

  private Path libraries() {
    return home.root().resolve("aggregates/target/lib");
  }
}

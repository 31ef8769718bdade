package io.furnistream.stack;

import io.furnistream.cli.Endpoints;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The aggregates: our Kafka Streams application. */
final class AggregatesService implements Service {

  static final String NAME = "aggregates";

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
    return ports.aggregatesHealth();
  }

  @Override
  public Set<Integer> ports() {
    return Set.of(ports.aggregatesHealth());
  }

  @Override
  public Set<String> startsAfter() {
    return Set.of(KafkaService.NAME, RegistryService.NAME);
  }

  @Override
  public List<Path> runsFrom() {
    return List.of(home.aggregatesLibraries());
  }

  @Override
  public ProcessSpec prepare() throws Exception {
    Files.createDirectories(folder);
    Map<String, String> environment = new HashMap<>(Jvm.ENVIRONMENT);
    environment.put(Endpoints.BOOTSTRAP_SERVERS, endpoints.bootstrapServers());
    environment.put(Endpoints.REGISTRY_URL, endpoints.registryUrl());
    environment.put("FURNISTREAM_AGGREGATES_STATE_DIR", folder.resolve("state").toString());
    environment.put(
        "FURNISTREAM_AGGREGATES_HEALTH_PORT", Integer.toString(ports.aggregatesHealth()));
    return new ProcessSpec(
        Jvm.withHeap(HEAP_MB, temporary)
            .main(home.aggregatesLibraries(), "io.furnistream.aggregates.AggregatesApplication"),
        environment,
        folder);
  }

  @Override
  public void answers() throws Exception {
    Http.get("http://" + Ports.address(ports.aggregatesHealth()) + "/health");
  }
}

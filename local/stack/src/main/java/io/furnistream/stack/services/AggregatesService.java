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

/** A process of the aggregates, our Kafka Streams application; there are one, or two. */
final class AggregatesService implements Service {

  static final String NAME = "aggregates";

  private static final int HEALTH_PORT = 8084;
  private static final int HEAP_MB = 256;

  /** What a process beyond the first takes, in bytes. */
  private static final long EXTRA_MEMORY = 550L << 20;

  private final Home home;
  private final Node node;
  private final Topology topology;
  private final Ports ports;
  private final Endpoints endpoints;
  private final Path folder;
  private final Path temporary;

  /**
   * A process.
   *
   * @param node which
   */
  AggregatesService(
      Node node,
      Topology topology,
      Home home,
      StateFolder state,
      Ports ports,
      Endpoints endpoints) {
    this.node = node;
    this.topology = topology;
    this.home = home;
    this.ports = ports;
    this.endpoints = endpoints;
    this.folder = state.data(node.name());
    this.temporary = state.temporary(node.name());
  }

  @Override
  public String name() {
    return node.name();
  }

  @Override
  public int port() {
    return node.port(ports, HEALTH_PORT);
  }

  @Override
  public Set<Integer> ports() {
    return Set.of(port());
  }

  @Override
  public long extraMemory() {
    return node.extraMemory(EXTRA_MEMORY);
  }

  @Override
  public Set<String> startsAfter() {
    return topology.names(Set.of(KafkaService.NAME, RegistryService.NAME));
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
    environment.put("FURNISTREAM_AGGREGATES_HEALTH_PORT", Integer.toString(port()));
    environment.putAll(topology.environment(home));
    return new ProcessSpec(
        Jvm.withHeap(HEAP_MB, temporary)
            .main(libraries(), "io.furnistream.aggregates.AggregatesApplication"),
        environment,
        folder);
  }

  @Override
  public void answers() throws Exception {
    Http.get("http://" + node.address(ports, HEALTH_PORT) + "/health");
  }

  private Path libraries() {
    return home.root().resolve("aggregates/target/lib");
  }
}

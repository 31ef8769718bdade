package io.furnistream.stack.services;

import io.furnistream.schemas.PlatformSettings;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How many processes each service of a stack has: one, unless it is said. */
public final class Topology {

  /** One of each. */
  public static final Topology SINGLE = new Topology(Map.of());

  /**
   * As many as outlive the death of any one: every copy is kept three times, and two must answer.
   */
  public static final Topology CLUSTER =
      new Topology(
          Map.of(
              KafkaService.NAME, 3,
              CassandraService.NAME, 3,
              ConnectService.NAME, 2,
              AggregatesService.NAME, 2));

  private final Map<String, Integer> counts;

  private Topology(Map<String, Integer> counts) {
    this.counts = counts;
  }

  /**
   * The settings of the platform: those that the user's environment names, else those that suit so
   * many processes.
   */
  PlatformSettings settings(Home home) {
    return this == SINGLE || isSetByUser()
        ? PlatformSettings.current()
        : PlatformSettings.read(home.clusterSettings());
  }

  /** What a process of the stack finds those settings by. */
  Map<String, String> environment(Home home) {
    return this == SINGLE || isSetByUser()
        ? Map.of()
        : Map.of(PlatformSettings.VARIABLE, home.clusterSettings().toString());
  }

  private static boolean isSetByUser() {
    return !System.getenv().getOrDefault(PlatformSettings.VARIABLE, "").isBlank();
  }

  /** The processes of a service, in the order of their numbers. */
  List<Node> nodes(String service) {
    int count = counts.getOrDefault(service, 1);
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> new Node(service, number, count))
        .toList();
  }

  /** The names of all processes of some services. */
  Set<String> names(Set<String> services) {
    return services.stream()
        .flatMap(service -> nodes(service).stream())
        .map(Node::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The name of the process before another one of the same service; none before the first. */
  Set<String> before(Node node) {
    return namesOf(node.service(), each -> each.number() == node.number() - 1);
  }

  /** The names of the other processes of a service. */
  Set<String> others(Node node) {
    return namesOf(node.service(), each -> !each.equals(node));
  }

  private Set<String> namesOf(String service, Predicate<Node> which) {
    return nodes(service).stream().filter(which).map(Node::name).collect(Collectors.toSet());
  }

  /** Where a service answers, as host:port list. */
  String addresses(String service, Ports ports, int standard) {
    return nodes(service).stream()
        .map(node -> node.address(ports, standard))
        .collect(Collectors.joining(","));
  }

  /** Copies of what a service keeps: as many as there are processes. */
  int copies(String service) {
    return nodes(service).size();
  }

  /** How many copies must answer before a write counts: all but one, so that one may be away. */
  int leastCopies(String service) {
    return Math.max(1, copies(service) - 1);
  }
}

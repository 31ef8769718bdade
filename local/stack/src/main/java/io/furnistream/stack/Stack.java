package io.furnistream.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.cli.Endpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One embedded stack: its folder, its ports, its secrets and its services. */
public final class Stack {

  private static final String OFFSET = "port_offset";
  private static final String PROFILE = "profile";
  private static final String AGGREGATES_DEAD_LETTERS = "dead_letter_aggregates";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final StateFolder state;
  private final Ports ports;
  private final Endpoints endpoints;
  private final WebAccess airflow;
  private final WebAccess superset;
  private final PostgresService postgres;
  private final CassandraService cassandra;
  private final List<Service> services;

  private Stack(
      StateFolder state,
      Ports ports,
      Endpoints endpoints,
      WebAccess airflow,
      WebAccess superset,
      PostgresService postgres,
      CassandraService cassandra,
      List<Service> services) {
    this.state = state;
    this.ports = ports;
    this.endpoints = endpoints;
    this.airflow = airflow;
    this.superset = superset;
    this.postgres = postgres;
    this.cassandra = cassandra;
    this.services = services;
  }

  /**
   * Lays out a stack in a folder, or opens the one that is there.
   *
   * @param ports where its services are to listen
   * @param names the services to run, each with all that it starts after
   */
  public static Stack create(Home home, StateFolder state, Ports ports, Set<String> names)
      throws IOException {
    Secrets secrets = Secrets.loadOrCreate(state.secrets(), ports);
    PostgresService postgres = new PostgresService(home, state, ports, secrets);
    RegistryService registry = new RegistryService(home, state, ports, secrets, postgres);
    CassandraService cassandra = new CassandraService(home, state, ports);
    Endpoints endpoints = endpoints(ports, secrets, postgres, registry);
    List<Service> all =
        new ArrayList<>(
            List.of(
                postgres,
                new KafkaService(home, state, ports, deadLetterTopics(home)),
                registry,
                cassandra,
                new ConnectService(home, state, ports, secrets, endpoints),
                new AggregatesService(home, state, ports, endpoints)));
    AirflowSettings airflow = new AirflowSettings(home, state, ports, secrets, endpoints);
    AirflowDatabase metadata = new AirflowDatabase(postgres, airflow, secrets);
    for (AirflowService.Component component : AirflowService.Component.values()) {
      all.add(new AirflowService(component, home, state, airflow, metadata));
    }
    SupersetSettings superset = new SupersetSettings(home, state, ports, secrets);
    all.add(
        new SupersetService(
            home, state, superset, new SupersetDatabase(postgres, superset, secrets), postgres));
    return new Stack(
        state,
        ports,
        endpoints,
        airflow.access(),
        superset.access(),
        postgres,
        cassandra,
        all.stream().filter(service -> names.contains(service.name())).toList());
  }

  /**
   * Opens the stack that a folder holds, where it was last started.
   *
   * @param names the services to run, each with all that it starts after
   */
  public static Stack open(Home home, StateFolder state, Set<String> names) throws IOException {
    return create(home, state, rememberedPorts(state), names);
  }

  /** Has the commands that follow find this stack. */
  void remember(Profile profile) {
    StateFolder.writeAtomically(
        state.settings(),
        JSON.createObjectNode()
            .put(OFFSET, ports.offset())
            .put(PROFILE, profile.toString())
            .toString());
  }

  /** Whether a folder holds a stack. */
  public static boolean exists(StateFolder state) {
    return Files.exists(state.settings());
  }

  /**
   * The ports that the stack of a folder was last started with; the standard ones when it never
   * was.
   */
  public static Ports rememberedPorts(StateFolder state) throws IOException {
    if (!exists(state)) {
      return new Ports(0);
    }
    return new Ports(JSON.readTree(state.settings().toFile()).path(OFFSET).asInt());
  }

  /** The profile that the stack of a folder was last started with; full when it never was. */
  public static Profile rememberedProfile(StateFolder state) throws IOException {
    if (!exists(state)) {
      return Profile.FULL;
    }
    // A stack from before there were profiles was what core is now.
    return Profile.named(
        JSON.readTree(state.settings().toFile()).path(PROFILE).asText(Profile.CORE.toString()));
  }

  /** The services that the stack of a folder was last started with; none when it never was. */
  static Set<String> rememberedServices(StateFolder state) throws IOException {
    return exists(state) ? rememberedProfile(state).services() : Set.of();
  }

  /** How to get into its Airflow, which the profile full runs. */
  public WebAccess airflow() {
    return airflow;
  }

  /** How to get into its Superset, which the profile full runs. */
  public WebAccess superset() {
    return superset;
  }

  /** The folder that holds it all. */
  public StateFolder state() {
    return state;
  }

  /** Where its services listen. */
  public Ports ports() {
    return ports;
  }

  /** Where it answers, for the jobs. */
  public Endpoints endpoints() {
    return endpoints;
  }

  PostgresService postgres() {
    return postgres;
  }

  CassandraService cassandra() {
    return cassandra;
  }

  /** Its services, each after those it starts after. */
  public List<Service> services() {
    return services;
  }

  private static Endpoints endpoints(
      Ports ports, Secrets secrets, PostgresService postgres, RegistryService registry) {
    return new Endpoints(
        Ports.address(ports.kafka()),
        registry.url(),
        "http://" + Ports.address(ports.connect()),
        Ports.address(ports.cassandra()),
        CassandraService.DATACENTER,
        postgres.url(PostgresService.REPORT_DATABASE),
        PostgresService.REPORT_READER,
        secrets.get(Secrets.REPORT_READER_PASSWORD),
        secrets.get(Secrets.PSEUDONYM_KEY));
  }

  private static List<String> deadLetterTopics(Home home) throws IOException {
    Set<String> topics = new LinkedHashSet<>(Connectors.deadLetterTopics(home.connectors()));
    topics.add(AGGREGATES_DEAD_LETTERS);
    return new ArrayList<>(topics);
  }
}

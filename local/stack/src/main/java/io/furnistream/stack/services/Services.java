package io.furnistream.stack.services;

import io.furnistream.cli.Endpoints;
import io.furnistream.cli.StoreZone;
import io.furnistream.provision.CassandraAccess;
import io.furnistream.provision.PlatformFiles;
import io.furnistream.provision.ProvisionTarget;
import io.furnistream.provision.Provisioning;
import io.furnistream.schemas.PlatformSettings;
import io.furnistream.stack.python.GazetteerFiles;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.Secrets;
import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The services of one stack. This is the one list of them: a new service gets its lines here. */
public final class Services {

  /** Names of those that stream and store: the profile core. */
  public static final Set<String> CORE =
      Set.of(
          PostgresService.NAME,
          KafkaService.NAME,
          RegistryService.NAME,
          CassandraService.NAME,
          ConnectService.NAME,
          AggregatesService.NAME);

  /** Names of those and of Airflow and Superset: the profile full. */
  public static final Set<String> FULL =
      union(List.of(CORE, AirflowService.NAMES, Set.of(SupersetService.NAME)));

  /** Names of the processes of a core that outlives the death of any: the profile cluster. */
  public static final Set<String> CLUSTER = Topology.CLUSTER.names(CORE);

  /** Names of all, whatever the profile. */
  public static final Set<String> ALL = union(List.of(FULL, CLUSTER));

  /** Names of the folders in the state folder that hold what they keep. */
  public static final Set<String> FOLDERS = union(List.of(ALL, Set.of(AirflowSettings.FOLDER)));

  private final Topology topology;
  private final Endpoints endpoints;
  private final ProvisionTarget target;
  private final PlatformSettings settings;
  private final AirflowSettings airflow;
  private final ReportDatabase report;
  private final CassandraService cassandra;
  private final List<Service> inStartOrder;
  private final List<Service> inDataOrder;

  /**
   * Describes the services of a stack; none is started.
   *
   * @param secrets are given those that are missing, and are not saved
   * @param topology how many processes each has
   */
  public Services(Home home, StateFolder state, Ports ports, Secrets secrets, Topology topology)
      throws IOException {
    this.topology = topology;
    PostgresDatabases databases = new PostgresDatabases(ports, secrets);
    settings = topology.settings(home);
    report = new ReportDatabase(ports, databases, secrets);
    endpoints = endpoints(ports, secrets, report);
    target = new ProvisionTarget(endpoints, Optional.of(report.access()), CassandraAccess.OPEN);
    Provisioning provisioning =
        new Provisioning(
            target,
            new PlatformFiles(home.connectors()),
            settings,
            StoreZone.fromEnvironment(System.getenv()));
    PostgresService postgres =
        new PostgresService(home, state, ports, secrets, databases, report, provisioning);
    List<CassandraService> cassandras =
        topology.nodes(CassandraService.NAME).stream()
            .map(node -> new CassandraService(node, topology, home, state, ports, provisioning))
            .toList();
    cassandra = cassandras.get(0);
    RegistryService registry =
        new RegistryService(home, state, ports, secrets, databases, provisioning);
    List<KafkaService> kafkas =
        topology.nodes(KafkaService.NAME).stream()
            .map(node -> new KafkaService(node, topology, home, state, ports, provisioning))
            .toList();
    List<ConnectService> connects =
        topology.nodes(ConnectService.NAME).stream()
            .map(
                node ->
                    new ConnectService(
                        node, topology, home, state, ports, secrets, endpoints, provisioning))
            .toList();
    List<AggregatesService> aggregates =
        topology.nodes(AggregatesService.NAME).stream()
            .map(node -> new AggregatesService(node, topology, home, state, ports, endpoints))
            .toList();
    airflow = new AirflowSettings(home, state, ports, secrets, endpoints);
    List<AirflowService> components =
        AirflowService.components(
            home, state, airflow, new AirflowDatabase(databases, airflow, secrets));
    SupersetSettings superset = new SupersetSettings(home, state, ports, secrets, System.getenv());
    SupersetService pages =
        new SupersetService(
            home, state, superset, new SupersetDatabase(databases, superset, secrets));
    inStartOrder = new ArrayList<>();
    inStartOrder.add(postgres);
    inStartOrder.addAll(kafkas);
    inStartOrder.add(registry);
    inStartOrder.addAll(cassandras);
    inStartOrder.addAll(connects);
    inStartOrder.addAll(aggregates);
    inStartOrder.addAll(components);
    inStartOrder.add(pages);
    inDataOrder = new ArrayList<>();
    inDataOrder.addAll(kafkas);
    inDataOrder.add(registry);
    inDataOrder.addAll(connects);
    inDataOrder.addAll(aggregates);
    inDataOrder.addAll(cassandras);
    inDataOrder.add(postgres);
    inDataOrder.addAll(components);
    inDataOrder.add(pages);
  }

  /**
   * Installs what some services run on and the build does not provide, unless that was done.
   *
   * @param names of the services that are to run
   * @param progress receives a line for what has to be installed, which may take minutes
   */
  public static void install(Home home, Set<String> names, Consumer<String> progress)
      throws IOException, InterruptedException {
    if (names.stream().anyMatch(AirflowService.NAMES::contains)) {
      AirflowSettings.install(home, progress);
      GazetteerFiles.get(home, progress);
    }
    if (names.contains(SupersetService.NAME)) {
      SupersetSettings.install(home, progress);
    }
  }

  /**
   * Some of the services, each after those it starts or is provisioned after.
   *
   * @param names which
   */
  public List<Service> named(Set<String> names) {
    return inStartOrder.stream().filter(service -> names.contains(service.name())).toList();
  }

  /**
   * Where to look at some of the services, in the order in which the data flow.
   *
   * @param names which
   */
  public List<Link> links(Set<String> names) {
    return inDataOrder.stream()
        .filter(service -> names.contains(service.name()))
        .map(Service::link)
        .flatMap(Optional::stream)
        .toList();
  }

  /** Where they answer, for the jobs. */
  public Endpoints endpoints() {
    return endpoints;
  }

  /** What they are provisioned as, with what opens them. */
  public ProvisionTarget provisionTarget() {
    return target;
  }

  /** How many copies and parts there are of everything. */
  public PlatformSettings settings() {
    return settings;
  }

  /** How to get into Airflow. */
  public WebAccess airflow() {
    return airflow.access();
  }

  /** Where PostgreSQL answers at some ports, as host:port. */
  public static String postgresAddress(Ports ports) {
    return PostgresService.address(ports);
  }

  /**
   * Empties tables of the report in PostgreSQL, and those of the same names that Cassandra has.
   *
   * @throws SQLException when PostgreSQL does not do it
   */
  public void emptyTables(List<String> tables) throws SQLException {
    report.emptyTables(tables);
    cassandra.emptyTables(tables);
  }

  /** Names of the processes of the aggregates. */
  public Set<String> aggregates() {
    return topology.names(Set.of(AggregatesService.NAME));
  }

  private Endpoints endpoints(Ports ports, Secrets secrets, ReportDatabase report) {
    secrets.ensureKey(ConnectService.PSEUDONYM_KEY, ConnectService.PSEUDONYM_KEY_BYTES);
    return new Endpoints(
        KafkaService.addresses(topology, ports),
        RegistryService.url(ports),
        ConnectService.urls(topology, ports),
        CassandraService.addresses(topology, ports),
        CassandraService.DATACENTER,
        report.url(),
        ReportDatabase.READER,
        secrets.get(ReportDatabase.READER_PASSWORD),
        secrets.get(ConnectService.PSEUDONYM_KEY));
  }

  private static Set<String> union(List<Set<String>> sets) {
    Set<String> all = new TreeSet<>();
    sets.forEach(all::addAll);
    return Collections.unmodifiableSet(all);
  }
}

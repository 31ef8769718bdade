package io.furnistream.stack.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.Secrets;
import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of all services, and what they ask for when they are laid out. */
class ServicesTest {

  /** From the module's folder, where Maven runs tests. */
  private static final Path CHECKOUT = Path.of("../..");

  @TempDir private Path folder;

  private Services at(int offset) throws IOException {
    return at(offset, Topology.SINGLE);
  }

  private Services at(int offset, Topology topology) throws IOException {
    StateFolder state = new StateFolder(folder);
    Secrets secrets = Secrets.read(state.secrets());
    Services services =
        new Services(new Home(CHECKOUT), state, new Ports(offset), secrets, topology);
    secrets.save();
    return services;
  }

  private Secrets secrets() throws IOException {
    return Secrets.read(folder.resolve("secrets.env"));
  }

  @Test
  void everyServiceIsInTheListWithItsNameAfterThoseItNeeds() throws IOException {
    List<Service> all = at(0).named(Services.FULL);

    assertThat(all).extracting(Service::name).containsExactlyInAnyOrderElementsOf(Services.FULL);
    assertThat(at(0).named(Services.CORE)).hasSameSizeAs(Services.CORE);
    Set<String> before = new HashSet<>();
    for (Service service : all) {
      assertThat(before).containsAll(service.startsAfter()).containsAll(service.provisionsAfter());
      before.add(service.name());
    }
  }

  @Test
  void aClusterHasSeveralOfEachThatKeepsWhatMustOutliveADeath() throws IOException {
    List<Service> all = at(0, Topology.CLUSTER).named(Services.CLUSTER);

    assertThat(all)
        .extracting(Service::name)
        .containsExactly(
            "postgres",
            "kafka-1",
            "kafka-2",
            "kafka-3",
            "registry",
            "cassandra-1",
            "cassandra-2",
            "cassandra-3",
            "connect-1",
            "connect-2",
            "aggregates-1",
            "aggregates-2");
    Set<String> before = new HashSet<>();
    for (Service service : all) {
      assertThat(before).containsAll(service.startsAfter()).containsAll(service.provisionsAfter());
      before.add(service.name());
    }
    assertThat(Services.ALL).containsAll(Services.FULL).containsAll(Services.CLUSTER);
  }

  @Test
  void theProcessesOfAClusterHavePortsOfTheirOwnAndNoneOfAnotherService() throws IOException {
    Set<Integer> ports = new HashSet<>();
    for (Service service : at(0, Topology.CLUSTER).named(Services.CLUSTER)) {
      for (int port : service.ports()) {
        assertThat(ports.add(port)).as(service.name() + " " + port).isTrue();
        assertThat(port + Ports.MAX_OFFSET).isLessThan(65_536);
      }
    }
    for (Service service : at(0).named(Services.FULL)) {
      if (!Services.CORE.contains(service.name())) {
        assertThat(service.ports()).as(service.name()).noneMatch(ports::contains);
      }
    }
  }

  @Test
  void aClusterAnswersAtAllOfItsAddresses() throws IOException {
    Services cluster = at(10_000, Topology.CLUSTER);

    assertThat(cluster.endpoints().bootstrapServers())
        .isEqualTo("127.0.0.1:19092,127.0.0.1:19102,127.0.0.1:19112");
    assertThat(cluster.endpoints().cassandraContactPoints())
        .isEqualTo("127.0.0.1:19042,127.0.0.1:19052,127.0.0.1:19062");
    assertThat(cluster.settings().replicationFactor()).isEqualTo((short) 3);
    assertThat(cluster.settings().minInsyncReplicas()).isEqualTo(2);
    assertThat(cluster.settings().aggregatesStandbyReplicas()).isEqualTo(1);
    assertThat(at(0).settings().replicationFactor()).isEqualTo((short) 1);
    assertThat(cluster.links(Services.CLUSTER)).hasSameSizeAs(at(0).links(Services.CORE));
    assertThat(cluster.named(Services.CLUSTER).stream().mapToLong(Service::extraMemory).sum())
        .as("bytes beyond those of a single stack")
        .isBetween(4L << 30, 6L << 30);
  }

  @Test
  void portsAreDistinctMoveAsABlockAndStayPorts() throws IOException {
    List<Integer> standard = ports(0);

    assertThat(standard).doesNotHaveDuplicates().contains(9092, 8080);
    assertThat(ports(10_000)).isEqualTo(standard.stream().map(port -> port + 10_000).toList());
    assertThat(ports(Ports.MAX_OFFSET)).allMatch(port -> port < 65_536);
  }

  private List<Integer> ports(int offset) throws IOException {
    return at(offset).named(Services.FULL).stream()
        .flatMap(service -> service.ports().stream().sorted())
        .toList();
  }

  @Test
  void thereIsALineToLookAtForEachServiceThatPeopleOpen() throws IOException {
    assertThat(at(10_000).links(Services.FULL))
        .extracting(Link::name, Link::address, Link::password)
        .map(tuple -> String.join(" | ", tuple.toList().toArray(String[]::new)))
        .containsSubsequence(
            "Kafka | 127.0.0.1:19092 | ",
            "Schema registry | http://127.0.0.1:18081/apis/ccompat/v7/subjects | ",
            "Kafka Connect | http://127.0.0.1:18083/connectors?expand=status | ",
            "Cassandra | 127.0.0.1:19042, keyspace furniture | ",
            "PostgreSQL | jdbc:postgresql://127.0.0.1:15432/furnistream, schema daily_report | ",
            "Airflow | http://127.0.0.1:18080, user admin | AIRFLOW_ADMIN_PASSWORD",
            "Superset | http://127.0.0.1:18088, user admin | SUPERSET_ADMIN_PASSWORD");
    assertThat(at(0).links(Services.CORE)).extracting(Link::name).doesNotContain("Airflow");
    assertThat(at(0).named(Services.FULL))
        .filteredOn(service -> service.link().isPresent())
        .as("services that have a line, all of which are printed")
        .hasSameSizeAs(at(0).links(Services.FULL));
  }

  @Test
  void everySecretIsMadeWhateverTheProfileIs() throws IOException {
    at(0);

    assertThat(Files.readAllLines(folder.resolve("secrets.env")))
        .allMatch(line -> line.matches("[A-Z_]+=\\S{20,}"))
        .hasSizeGreaterThan(10);
    Secrets secrets = secrets();
    assertThat(secrets.get("SINK_WRITER_PASSWORD"))
        .hasSize(32)
        .isNotEqualTo(secrets.get("REPORT_READER_PASSWORD"));
    assertThat(secrets.get("PSEUDONYM_KEY")).isEqualTo(at(0).endpoints().pseudonymKey());
  }

  @Test
  void theReadersUrlFollowsThePorts() throws IOException {
    at(0);
    String password = secrets().get("REPORT_READER_PASSWORD");

    at(10_000);

    assertThat(secrets().get("REPORT_READER_URL"))
        .isEqualTo("postgresql://report_reader:%s@127.0.0.1:15432/furnistream", password);
    assertThat(folder.resolve("secrets.env"))
        .content()
        .contains("@127.0.0.1:15432/")
        .doesNotContain(":5432/");
  }

  @Test
  void theSuperuserOfAnOlderStackKeepsItsPassword() throws IOException {
    Files.writeString(folder.resolve("secrets.env"), "POSTGRES_ADMIN_PASSWORD=from-before\n");

    at(0);
    at(0);

    assertThat(secrets().get("POSTGRES_SUPERUSER_PASSWORD")).isEqualTo("from-before");
    assertThat(secrets().get("POSTGRES_ADMIN_PASSWORD")).hasSize(32);
  }
}

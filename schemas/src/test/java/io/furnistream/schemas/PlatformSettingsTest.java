package io.furnistream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.furnistream.cli.CannotRunException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the settings are read from, and what is said of a mistake in them. */
class PlatformSettingsTest {

  @TempDir private Path folder;

  private PlatformSettings settings(String... lines) throws IOException {
    return PlatformSettings.read(file(lines));
  }

  private Path file(String... lines) throws IOException {
    return Files.writeString(folder.resolve("cluster.properties"), String.join("\n", lines));
  }

  @Test
  void withoutAFileTheyAreTheEmbeddedStacks() {
    PlatformSettings settings = PlatformSettings.fromEnvironment(Map.of());

    assertThat(settings.replicationFactor()).isEqualTo((short) 1);
    assertThat(settings.minInsyncReplicas()).isEqualTo(1);
    assertThat(settings.deadLetterReplicationFactor()).isEqualTo((short) 1);
    assertThat(settings.deadLetterMinInsyncReplicas()).isEqualTo(1);
    assertThat(settings.partitions(Topic.DAILY_RECORDS)).isEqualTo(6);
    assertThat(settings.partitions(Topic.RUN_LEDGER)).isEqualTo(1);
    assertThat(settings.buckets()).isEqualTo(PlatformSettings.FIRST_BUCKETS).isEqualTo(16);
    assertThat(settings.cassandraReplication())
        .isEqualTo(Map.of("class", "SimpleStrategy", "replication_factor", "1"));
    assertThat(settings.tasksMax("cassandra-daily-records")).isEqualTo(2);
    assertThat(settings.tasksMax("of-somebody-else")).isNull();
    assertThat(settings.aggregatesThreads()).isEqualTo(2);
    assertThat(settings.aggregatesStandbyReplicas()).isZero();
  }

  @Test
  void withThreeCopiesOneMayBeAway() throws IOException {
    PlatformSettings settings = settings("kafka.replication.factor=3");

    assertThat(settings.minInsyncReplicas()).isEqualTo(2);
    assertThat(settings.deadLetterReplicationFactor()).isEqualTo((short) 3);
    assertThat(settings.deadLetterMinInsyncReplicas()).isEqualTo(2);
    assertThat(Topic.RUN_LEDGER.newTopic(settings).configs())
        .containsEntry("min.insync.replicas", "2");
    assertThat(Topic.RUN_LEDGER.newTopic(settings).replicationFactor()).isEqualTo((short) 3);
    assertThat(settings("kafka.replication.factor=2").minInsyncReplicas()).isEqualTo(1);

    PlatformSettings fewerLetters =
        settings("kafka.replication.factor=3", "kafka.dead.letter.replication.factor=1");
    assertThat(DeadLetterTopics.newTopic("dead_letter_x", fewerLetters).configs())
        .containsEntry("min.insync.replicas", "1");
  }

  @Test
  void aFileHasOnlyTheLinesThatDiffer() throws IOException {
    PlatformSettings settings =
        settings(
            "# the second shop",
            "kafka.partitions.daily_records = 100000 ",
            "cassandra.buckets=65536",
            "connect.tasks.max.postgres-daily-report=1000",
            "aggregates.threads=64",
            "aggregates.standby.replicas=10");

    assertThat(settings.partitions(Topic.DAILY_RECORDS)).isEqualTo(100_000);
    assertThat(settings.partitions(Topic.DAILY_STATE)).isEqualTo(3);
    assertThat(settings.buckets()).isEqualTo(65_536);
    assertThat(settings.tasksMax("postgres-daily-report")).isEqualTo(1000);
    assertThat(settings.source()).endsWith("cluster.properties");
  }

  @Test
  void aKeyspaceOfItsOwnHasNothingOfTheDefaults() throws IOException {
    Map<String, String> expected =
        Map.of("class", "NetworkTopologyStrategy", "dc1", "3", "dc-2", "2");

    assertThat(
            settings(
                    "cassandra.replication.class=NetworkTopologyStrategy",
                    "cassandra.replication.dc1=3",
                    "cassandra.replication.dc-2=2")
                .cassandraReplication())
        .isEqualTo(expected);
    assertThat(
            settings(
                    "cassandra.replication={'class': 'NetworkTopologyStrategy', 'dc1': '3', 'dc-2': 2}")
                .cassandraReplication())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          kafka.replication.factor=0 | 'kafka.replication.factor' is '0'; write a whole number from 1 to 32767
          kafka.replication.factor=three | write a whole number from 1
          kafka.replication.factor=1.0 | write a whole number from 1
          kafka.replication.factor= | 'kafka.replication.factor' is ''
          kafka.min.insync.replicas=2 | 'kafka.min.insync.replicas' is '2'; write a whole number from 1 to 1.
          kafka.partitions.daily_records=0 | from 1 to 100000
          kafka.partitions.daily_records=100001 | from 1 to 100000
          kafka.partitions.nothing=3 | there is no setting 'kafka.partitions.nothing'. Known are
          connect.tasks.max.nobody=3 | there is no setting 'connect.tasks.max.nobody'
          kafka.partition.daily_records=3 | there is no setting
          connect.config.cassandra-daily-record.auth.username=a | connect.config.CONNECTOR.PROPERTY, for the CONNECTORs of connect.tasks.max
          cassandra.buckets=12 | write a power of two, 2 to 65536
          cassandra.buckets=1 | from 2 to 65536
          cassandra.buckets=131072 | from 2 to 65536
          aggregates.threads=65 | from 1 to 64
          aggregates.standby.replicas=-1 | from 0 to 10
          connect.tasks.max.cassandra-daily-records=1001 | from 1 to 1000
          cassandra.replication.class=LocalStrategy | write SimpleStrategy or NetworkTopologyStrategy
          cassandra.replication.dc1=3 | write SimpleStrategy or NetworkTopologyStrategy
          cassandra.replication.class=NetworkTopologyStrategy | also how many copies there are
          cassandra.replication={'class': 'NetworkTopologyStrategy', 'dc1': 0} | a number of copies from 1 to 99 for 'dc1'
          cassandra.replication={'class': 'SimpleStrategy', 'dc1': 1} | datacenters are for NetworkTopologyStrategy
          cassandra.replication={'class': 'SimpleStrategy'} AND durable_writes = false | write a map such as
          cassandra.replication={'class': 'SimpleStrategy', 'replication_factor': '1'; DROP} | write a map such as
          cassandra.replication={'class': 'SimpleStrategy', 'class': 'SimpleStrategy'} | 'class' once
          """)
  void aMistakeIsNamedByFileKeyAndRemedy(String line, String says) throws IOException {
    assertThatThrownBy(() -> settings(line))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining(folder.resolve("cluster.properties").toString())
        .hasMessageContaining(says.strip());
  }

  @Test
  void whatIsWrittenTwiceIsRefused() {
    assertThatThrownBy(() -> settings("cassandra.buckets=16", "cassandra.buckets=32"))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("'cassandra.buckets' is written twice");
    assertThatThrownBy(
            () ->
                settings(
                    "cassandra.replication={'class': 'SimpleStrategy', 'replication_factor': 1}",
                    "cassandra.replication.dc1=3"))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("there is also cassandra.replication.dc1");
  }

  @Test
  void aFileThatIsNotThereIsNamed() throws IOException {
    Path none = folder.resolve("none.properties");
    assertThatThrownBy(
            () -> PlatformSettings.fromEnvironment(Map.of("FURNISTREAM_SETTINGS", none.toString())))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining(none.toString())
        .hasMessageContaining("FURNISTREAM_SETTINGS");
    assertThatThrownBy(
            () -> PlatformSettings.fromEnvironment(Map.of("FURNISTREAM_SETTINGS", "a.properties")))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("write the whole path");
    assertThat(PlatformSettings.fromEnvironment(Map.of("FURNISTREAM_SETTINGS", " ")).buckets())
        .isEqualTo(16);
  }

  /** The shipped file is a file of settings like any other, and it explains every key. */
  @Test
  void theDefaultsCanBeCopied() throws IOException {
    Path shipped = Path.of("src/main/settings/platform.properties");
    PlatformSettings copied = PlatformSettings.read(shipped);
    Properties keys = new Properties();
    try (var reader = Files.newBufferedReader(shipped)) {
      keys.load(reader);
    }

    assertThat(copied.buckets()).isEqualTo(PlatformSettings.defaults().buckets());
    for (Topic topic : Topic.values()) {
      assertThat(keys).containsKey("kafka.partitions." + topic.topicName());
    }
    for (Sink sink : Sink.values()) {
      assertThat(keys).containsKey("connect.tasks.max." + sink.connector());
    }
  }

  @Test
  void theScreenAsksForTheBucketAndPartitionOfTheSettings() throws IOException {
    var rules =
        ContractRules.ofSales(
            settings("cassandra.buckets=32", "kafka.partitions.daily_records=12"));
    // Its last five bits are 31; counted by hand.
    String id = "00000000-0000-0000-0000-00000000003f";
    LocalDate day = LocalDate.parse("2023-12-01");

    assertThat(new RecordId(UUID.fromString(id)).bucket(32)).isEqualTo(31);
    assertThat(rules.check(new DailyRecordKey(day, 31, id))).isEmpty();
    assertThat(rules.check(new DailyRecordKey(day, 15, id)).get().rule()).isEqualTo("key_bucket");
    assertThat(rules.check(new DailyRecordKey(day, 32, id)).get().rule()).isEqualTo("key_bucket");
    assertThat(ContractRules.ofSales().check(new DailyRecordKey(day, 15, id))).isEmpty();
  }

  @Test
  void theNumbersOfAConnectorFollowTheSettings() throws IOException {
    PlatformSettings settings =
        settings(
            "kafka.replication.factor=3",
            "kafka.partitions.daily_records=12",
            "cassandra.buckets=32",
            "connect.tasks.max.cassandra-daily-records=8");
    Map<String, String> config =
        Map.of(
            "tasks.max", "2",
            "errors.deadletterqueue.topic.replication.factor", "1",
            "transforms.screenKey.type", "io.furnistream.transforms.Screen$Key",
            "transforms.screenKey.partitions", "6",
            "transforms.screenKey.buckets", "16",
            "transforms.other.type", "of.somebody.Else",
            "transforms.other.partitions", "7");

    assertThat(ConnectorSettings.apply("cassandra-daily-records", config, settings))
        .containsEntry("tasks.max", "8")
        .containsEntry("errors.deadletterqueue.topic.replication.factor", "3")
        .containsEntry("transforms.screenKey.partitions", "12")
        .containsEntry("transforms.screenKey.buckets", "32")
        .containsEntry("transforms.other.partitions", "7")
        .hasSameSizeAs(config);
    assertThat(ConnectorSettings.apply("of-somebody-else", Map.of("tasks.max", "2"), settings))
        .isEqualTo(Map.of("tasks.max", "2"));
  }

  @Test
  void aPropertyThatAClusterNeedsIsTheConnectorsOfThatName() throws IOException {
    PlatformSettings settings =
        settings(
            "connect.config.cassandra-daily-records.kafka.security.protocol=SSL",
            "connect.config.cassandra-daily-records.batch=of ${env:FURNISTREAM_X}");
    assertThat(
            ConnectorSettings.apply(
                "cassandra-daily-records", Map.of("batch", "as it is"), settings))
        .isEqualTo(Map.of("batch", "of ${env:FURNISTREAM_X}", "kafka.security.protocol", "SSL"));
    assertThat(ConnectorSettings.apply("postgres-daily-report", Map.of(), settings)).isEmpty();
    assertThatThrownBy(() -> settings("connect.config.cassandra-daily-record.x=1"))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("connect.config.cassandra-daily-record.x");
    assertThatThrownBy(() -> settings("connect.config.cassandra-daily-records=1"))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("after a dot");
    assertThatThrownBy(() -> settings("connect.config.cassandra-daily-records.name=mine"))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("connect.config.cassandra-daily-records.name")
        .hasMessageContaining("the name of its file");
  }

  @Test
  void aFileInAnotherEncodingIsSaidToBe() throws IOException {
    Path file = folder.resolve("latin.properties");
    Files.writeString(
        file, "# Schlüssel\nkafka.replication.factor=1\n", StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> PlatformSettings.read(file))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("UTF-8");
  }
}

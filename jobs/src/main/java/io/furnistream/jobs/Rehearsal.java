package io.furnistream.jobs;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Endpoints;
import io.furnistream.stores.cassandra.CassandraSession;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine;

/**
 * Does what the jobs do when they start, without a stack, so that the JVM that runs it can write
 * the classes that they load into an archive ({@code -XX:ArchiveClassesAtExit}; see the script
 * furnistream). What it forgets is loaded from the jars, as without an archive.
 */
final class Rehearsal {

  /**
   * An address on which no server listens: every request fails at once, with all that it needs
   * loaded.
   */
  private static final String NOWHERE = "127.0.0.1:1";

  private static final Map<String, Object> CLIENT =
      Map.of(
          "bootstrap.servers",
          NOWHERE,
          "request.timeout.ms",
          400,
          "default.api.timeout.ms",
          500,
          "max.block.ms",
          500);

  private static final List<String> REQUESTS =
      List.of(
          "ApiVersions",
          "Metadata",
          "DescribeTopicPartitions",
          "ListOffsets",
          "Fetch",
          "Produce",
          "InitProducerId",
          "FindCoordinator",
          "OffsetFetch",
          "DescribeGroups",
          "ConsumerGroupDescribe");

  private Rehearsal() {}

  /** Rehearses; the argument is a folder for what the jobs write, which the caller deletes. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    commands(folder);
    kafka();
    stores();
    // A client's threads must not keep the process.
    System.exit(0);
  }

  private static void commands(Path folder) {
    CommandLine jobs =
        Jobs.commandLine(Map.of(Endpoints.EXPORT_DIR, folder.toString()))
            .setOut(new PrintWriter(Writer.nullWriter()))
            .setErr(new PrintWriter(Writer.nullWriter()));
    jobs.getSubcommands().keySet().forEach(name -> jobs.execute(name, "--help"));
    jobs.execute(
        "generate",
        "--records=100",
        "--from=2024-01-01",
        "--to=2024-01-01",
        "--sink=" + folder.resolve("records.avro"));
  }

  private static void kafka() throws InterruptedException, ClassNotFoundException {
    TopicPartition partition = new TopicPartition("rehearsal", 0);
    try (Admin admin = Admin.create(CLIENT)) {
      List<String> names = List.of(partition.topic());
      awaitFailure(admin.describeTopics(names).allTopicNames());
      awaitFailure(admin.listTopics().names());
      awaitFailure(admin.listOffsets(Map.of(partition, OffsetSpec.latest())).all());
      awaitFailure(admin.describeConsumerGroups(names).all());
      awaitFailure(
          admin
              .listConsumerGroupOffsets(
                  Map.of(partition.topic(), new ListConsumerGroupOffsetsSpec()))
              .all());
    }
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(CLIENT, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seek(partition, 0);
      consumer.poll(Duration.ofMillis(100));
    }
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(CLIENT, new ByteArraySerializer(), new ByteArraySerializer())) {
      awaitFailure(producer.send(new ProducerRecord<>(partition.topic(), new byte[0])));
    }
    for (String request : REQUESTS) {
      load(request);
    }
  }

  /** The classes of a request and of its answer, which no server gives here. */
  private static void load(String request) throws ClassNotFoundException {
    for (String name :
        List.of(
            "message." + request + "RequestData",
            "message." + request + "ResponseData",
            "requests." + request + "Request",
            "requests." + request + "Response")) {
      for (Class<?> part : Class.forName("org.apache.kafka.common." + name).getDeclaredClasses()) {
        Class.forName(part.getName());
      }
    }
  }

  private static void stores() {
    try {
      new CassandraSession(
              Endpoints.fromEnvironment(Map.of(Endpoints.CASSANDRA_CONTACT_POINTS, NOWHERE)))
          .close();
    } catch (CannotRunException expected) {
      // No server answers.
    }
    for (String url : List.of("jdbc:postgresql://" + NOWHERE + "/rehearsal", "jdbc:duckdb:")) {
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement()) {
        statement.execute("SELECT 1");
      } catch (SQLException expected) {
        // Of PostgreSQL: no server answers.
      }
    }
  }

  private static void awaitFailure(Future<?> answer) throws InterruptedException {
    try {
      answer.get();
    } catch (ExecutionException expected) {
      // No server answers.
    }
  }
}

package io.furnistream.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.connectors.sink.FakeWorker;
import io.furnistream.schemas.StoreKind;
import io.furnistream.schemas.Topic;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.connector.Connector;
import org.apache.kafka.connect.runtime.isolation.PluginClassLoader;
import org.apache.kafka.connect.sink.SinkConnector;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** A task from the packaged plugin folder, loaded and configured as a worker does. */
final class SinkPlugin implements AutoCloseable {

  private static final Path FOLDER = Path.of("target/plugins/debezium-connector-jdbc");

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final List<TopicPartition> ASSIGNED =
      Topic.in(StoreKind.POSTGRES).stream()
          .map(topic -> new TopicPartition(topic.topicName(), 0))
          .toList();

  private final PluginClassLoader loader;
  private final SinkTask task;

  /** Starts a task with the settings of the connector's file. */
  SinkPlugin(ReportDatabase database, SinkTaskContext worker) throws Exception {
    loader = loader();
    // As a worker does when it scans the folder: a driver registers itself when it is loaded.
    assertThat(ServiceLoader.load(Driver.class, loader))
        .anyMatch(driver -> driver.getClass().getName().startsWith("org.postgresql."));
    Map<String, String> config = config(database);
    task = inPlugin(() -> start(config, worker));
  }

  private SinkTask start(Map<String, String> config, SinkTaskContext worker) throws Exception {
    Connector connector =
        ServiceLoader.load(SinkConnector.class, loader).stream()
            .map(ServiceLoader.Provider::get)
            .filter(listed -> listed.getClass().getName().equals(config.get("connector.class")))
            .findFirst()
            .orElseThrow();
    connector.start(config);
    SinkTask made = (SinkTask) connector.taskClass().getDeclaredConstructor().newInstance();
    made.initialize(worker);
    made.start(connector.taskConfigs(1).get(0));
    made.open(ASSIGNED);
    return made;
  }

  /** Assigns the partitions again. */
  void open() throws Exception {
    inPlugin(
        () -> {
          task.open(ASSIGNED);
          return null;
        });
  }

  /** Takes the partitions away. */
  void revoke() throws Exception {
    inPlugin(
        () -> {
          task.close(ASSIGNED);
          return null;
        });
  }

  void put(List<SinkRecord> records) throws Exception {
    inPlugin(
        () -> {
          task.put(records);
          return null;
        });
  }

  /** Delivers a batch until the task takes it, as the worker does, without restarting the task. */
  void deliver(List<SinkRecord> records, FakeWorker worker) throws Exception {
    inPlugin(() -> worker.deliver(task, records, PATIENCE));
  }

  @Override
  public void close() throws IOException {
    task.stop();
    loader.close();
  }

  private <T> T inPlugin(Work<T> work) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return work.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static PluginClassLoader loader() throws IOException {
    List<URL> jars = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
        jars.add(jar.toUri().toURL());
      }
    }
    return new PluginClassLoader(
        FOLDER.toUri().toURL(), jars.toArray(URL[]::new), SinkPlugin.class.getClassLoader());
  }

  private static Map<String, String> config(ReportDatabase database) throws IOException {
    JsonNode file =
        new ObjectMapper().readTree(Path.of("postgres-daily-report.json").toFile()).get("config");
    Map<String, String> config = new HashMap<>();
    file.properties().forEach(entry -> config.put(entry.getKey(), entry.getValue().asText()));
    config.put("name", "postgres-daily-report");
    config.put("connection.url", database.url());
    config.put("connection.username", "sink_writer");
    config.put("connection.password", database.password("sink_writer"));
    return config;
  }

  private interface Work<T> {
    T run() throws Exception;
  }
}

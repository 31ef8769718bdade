package io.furnistream.stack.services;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.cli.ConnectorDefinition;
import io.furnistream.stack.process.ProcessSpec;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.Secrets;
import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * That compose/ gives its containers the settings that this stack gives its processes: what stands
 * in both places is compared. Addresses differ, and so does what one folder is to the other.
 */
class ComposeTest {

  private static final Home HOME = new Home(Path.of("../..").toAbsolutePath().normalize());
  private static final Path COMPOSE = HOME.root().resolve("compose");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** MiB of memory that all containers together may have, on a machine of 16 GB. */
  private static final long LAPTOP = 15 * 1024;

  @TempDir private Path root;
  private StateFolder state;
  private Services services;
  private Map<String, Map<String, Object>> containers;

  @BeforeEach
  void describeBoth() throws IOException {
    state = new StateFolder(root.resolve("state"));
    state.create();
    services =
        new Services(HOME, state, new Ports(0), Secrets.read(state.secrets()), Topology.SINGLE);
    containers = services("compose.yaml");
  }

  @Test
  void theWorkersPropertiesAreTheSame() throws Exception {
    ProcessSpec worker = prepared(ConnectService.NAME);
    Map<String, String> container = environment("connect");

    Map<String, String> here =
        properties(state.data(ConnectService.NAME).resolve("worker.properties"));
    assertThat(container)
        .containsAllEntriesOf(
            variables(
                "CONNECT_",
                here,
                "bootstrap.servers",
                "listeners",
                "rest.advertised.host.name",
                "key.converter.schema.registry.url",
                "value.converter.schema.registry.url",
                "plugin.path"));
    assertThat(container.keySet().stream().filter(name -> name.startsWith("CONNECT_")))
        .containsExactlyInAnyOrderElementsOf(variables("CONNECT_", here).keySet());
    assertThat(container.keySet())
        .containsAll(
            worker.environment().keySet().stream()
                .filter(name -> name.startsWith("FURNISTREAM_"))
                .toList());
    assertThat(container.get("KAFKA_HEAP_OPTS")).isEqualTo(heap(worker));
    assertThat(List.of(container.get("KAFKA_OPTS").split("\\s+", -1)))
        .containsAll(
            worker.command().stream().filter(word -> word.startsWith("-Dorg.apache.avro")).toList())
        .contains("-XX:+ExitOnOutOfMemoryError", "-Duser.timezone=UTC", "-Dfile.encoding=UTF-8");
  }

  @Test
  void theBrokersPropertiesAreTheSame() throws Exception {
    // A folder that is formatted already is not formatted.
    Path folder = state.data(KafkaService.NAME);
    Files.createDirectories(folder.resolve("data"));
    Files.createFile(folder.resolve("data/meta.properties"));
    prepared(KafkaService.NAME);

    assertThat(environment("kafka"))
        .containsAllEntriesOf(
            variables(
                "KAFKA_",
                properties(folder.resolve("server.properties")),
                "controller.quorum.voters",
                "listeners",
                "advertised.listeners",
                "listener.security.protocol.map",
                "log.dirs",
                // Confluent's broker does not know it; Apache's container has it.
                "max.decompressed.message.bytes"));
    assertThat(Files.readString(COMPOSE.resolve("compose.apache.yaml")))
        .contains(
            "KAFKA_MAX_DECOMPRESSED_MESSAGE_BYTES: "
                + properties(folder.resolve("server.properties"))
                    .get("max.decompressed.message.bytes"));
  }

  @Test
  void airflowsSettingsAreTheSame() throws Exception {
    Map<String, String> here = new TreeMap<>(prepared("airflow-scheduler").environment());
    Map<String, String> there = new TreeMap<>(environment("airflow-scheduler"));
    // Set by the images.
    Set.of("AIRFLOW_HOME", "AIRFLOW__CORE__PLUGINS_FOLDER").forEach(here::remove);
    // The container's health is asked of the scheduler itself.
    assertThat(there.remove("AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK")).isEqualTo("True");

    assertThat(airflowOf(there).keySet()).isEqualTo(airflowOf(here).keySet());
    Set<String> differ =
        Set.of(
            "AIRFLOW__CORE__DAGS_FOLDER",
            "AIRFLOW__CORE__FERNET_KEY",
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE",
            "AIRFLOW__CORE__EXECUTION_API_SERVER_URL",
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN",
            "AIRFLOW__API__HOST",
            "AIRFLOW__API__BASE_URL",
            "AIRFLOW__API__SECRET_KEY",
            "AIRFLOW__API_AUTH__JWT_SECRET");
    Map<String, String> same = airflowOf(here);
    same.keySet().removeAll(differ);
    assertThat(there).containsAllEntriesOf(same);
    String image = Files.readString(COMPOSE.resolve("airflow/Dockerfile"));
    assertThat(here.keySet().stream().filter(name -> name.startsWith("FURNISTREAM_")))
        .allMatch(name -> there.containsKey(name) || image.contains(name + "="));
  }

  @Test
  void theAggregatesGetTheSame() throws Exception {
    ProcessSpec here = prepared(AggregatesService.NAME);
    Map<String, String> there = environment("aggregates");
    String image = Files.readString(COMPOSE.resolve("aggregates/Dockerfile"));

    assertThat(here.environment().keySet())
        .allMatch(name -> there.containsKey(name) || image.contains(name + "="));
    assertThat(there.get("JDK_JAVA_OPTIONS")).contains(heap(here));
  }

  @Test
  void postgresqlsSettingsAreTheSame() throws Exception {
    Path folder = state.data(PostgresService.NAME);
    Path archive = HOME.runtime(PostgresService.NAME).resolve("postgres-linux-x86_64.txz");
    // What is unpacked and initialised is neither again.
    Files.createDirectories(folder.resolve("dist-" + archive.toFile().length()));
    Files.createDirectories(folder.resolve("data"));

    List<String> here = switches(prepared(PostgresService.NAME).command());
    here.removeIf(
        setting ->
            setting.startsWith("listen_addresses=")
                || setting.startsWith("unix_socket_directories="));
    assertThat(switches(words("postgres", "command"))).containsExactlyElementsOf(here);
  }

  @Test
  void cassandrasSettingsAreTheSame() throws IOException {
    Map<String, Object> here = new HashMap<>();
    try (InputStream template = ComposeTest.class.getResourceAsStream("cassandra.yaml")) {
      here.putAll(
          yaml(
              new String(template.readAllBytes(), StandardCharsets.UTF_8)
                  .formatted("x", "x", 7000, "x", 9042)));
    }
    Map<String, Object> there =
        new HashMap<>(yaml(Files.readString(COMPOSE.resolve("cassandra/cassandra.yaml"))));
    // Several nodes share the ring, and find each other by what the image's variables say.
    for (String differs : List.of("num_tokens", "seed_provider", "listen_address", "rpc_address")) {
      here.remove(differs);
      assertThat(there.remove(differs)).as(differs).isNotNull();
    }
    there.keySet().removeAll(Set.of("broadcast_address", "broadcast_rpc_address"));
    assertThat(there).isEqualTo(here);
    assertThat(environment("cassandra").get("MAX_HEAP_SIZE")).isEqualTo("512M");
  }

  @Test
  void imagesAreOfTheVersionsThatAreBuiltWith() throws IOException {
    String pom = Files.readString(HOME.root().resolve("pom.xml"));
    String apache = Files.readString(COMPOSE.resolve("compose.apache.yaml"));
    String all = Files.readString(COMPOSE.resolve("compose.yaml"));

    assertThat(apache)
        .contains("apache/kafka:" + version(pom, "kafka"))
        .contains("apicurio/apicurio-registry:" + version(pom, "apicurio"));
    assertThat(version(pom, "cassandra")).startsWith("5.0.");
    assertThat(version(pom, "postgres.binaries")).startsWith("18.");
    assertThat(all)
        .contains(
            "library/cassandra:5.0",
            "library/postgres:18",
            "apache/kafka:" + version(pom, "kafka"));
    assertThat(requirement("airflow", "apache-airflow")).isEqualTo(tag(all, "apache/airflow", "-"));
    assertThat(requirement("superset", "apache-superset"))
        .isEqualTo(tag(all, "apache/superset", "\\s"));
  }

  @Test
  void everyContainerIsBoundedAndNonePublishesBeyondThisMachine() {
    containers.forEach(
        (name, container) -> {
          assertThat(container).as(name).containsKeys("profiles", "mem_limit", "logging");
          assertThat(words(name, "ports")).as(name).allMatch(port -> port.startsWith("127.0.0.1:"));
        });
    long all =
        containers.entrySet().stream()
            .filter(each -> "unless-stopped".equals(each.getValue().get("restart")))
            .mapToLong(each -> megabytes(each.getValue().get("mem_limit").toString()))
            .sum();
    assertThat(all).isLessThan(LAPTOP);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"cassandra-daily-records", "cassandra-daily-report", "postgres-daily-report"})
  void theCardsConnectorsReadTheSameTopicsIntoTheSameTables(String name) throws IOException {
    Map<String, String> ours = connector(HOME.connectors().resolve(name + ".json"));
    Map<String, String> theirs = connector(COMPOSE.resolve("connectors").resolve(name + ".json"));

    assertThat(theirs)
        .containsEntry("topics", ours.get("topics"))
        .containsEntry("tasks.max", ours.get("tasks.max"))
        .containsEntry(
            "errors.deadletterqueue.topic.name", ours.get("errors.deadletterqueue.topic.name"));
    if (name.startsWith("postgres")) {
      assertThat(Set.of(theirs.get("fields.whitelist").split(",", -1)))
          .isEqualTo(
              Stream.of(ours.get("field.include.list").split(",", -1))
                  .map(column -> column.substring(column.indexOf(':') + 1))
                  .collect(Collectors.toSet()));
      return;
    }
    for (String topic : ours.get("topics").split(",", -1)) {
      String mapping = theirs.get("topic.%s.furniture.%s.mapping".formatted(topic, topic));
      assertThat(
              Stream.of(mapping.split(", ", -1))
                  .map(pair -> pair.substring(0, pair.indexOf('=')))
                  .collect(Collectors.toSet()))
          .isEqualTo(columns(topic));
    }
  }

  /** The columns that the migrations give a table of Cassandra. */
  private static Set<String> columns(String table) throws IOException {
    Set<String> columns = new HashSet<>();
    try (Stream<Path> files = Files.list(HOME.connectors().resolve("cassandra"))) {
      for (Path file : files.sorted().toList()) {
        Matcher matcher =
            Pattern.compile(
                    "TABLE (?:IF NOT EXISTS )?furniture\\.%s (?:ADD IF NOT EXISTS )?\\((.*?)\\n\\)"
                        .formatted(table),
                    Pattern.DOTALL)
                .matcher(Files.readString(file));
        while (matcher.find()) {
          for (String line : matcher.group(1).strip().split("\\n", -1)) {
            if (!line.contains("PRIMARY KEY")) {
              columns.add(line.strip().split(" ", 2)[0]);
            }
          }
        }
      }
    }
    return columns;
  }

  private ProcessSpec prepared(String name) throws Exception {
    return services.named(Set.of(name)).get(0).prepare();
  }

  private static Map<String, String> connector(Path file) throws IOException {
    JsonNode config = JSON.readTree(file.toFile()).get("config");
    assertThat(ConnectorDefinition.read(file).name() + ".json")
        .isEqualTo(file.getFileName().toString());
    Map<String, String> map = new HashMap<>();
    config.properties().forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
    return map;
  }

  private static Map<String, String> airflowOf(Map<String, String> environment) {
    return environment.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("AIRFLOW"))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Properties as the images' variables, without those that are named. */
  private static Map<String, String> variables(
      String prefix, Map<String, String> properties, String... without) {
    Map<String, String> variables = new TreeMap<>();
    properties.forEach(
        (name, value) -> {
          if (!List.of(without).contains(name)) {
            variables.put(prefix + name.replace('.', '_').toUpperCase(Locale.ROOT), value);
          }
        });
    return variables;
  }

  private static Map<String, String> properties(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    Map<String, String> map = new TreeMap<>();
    properties.forEach((name, value) -> map.put(name.toString(), value.toString()));
    return map;
  }

  private static String heap(ProcessSpec process) {
    return process.command().stream()
        .filter(word -> word.startsWith("-Xmx"))
        .findFirst()
        .orElseThrow();
  }

  /** What follows -c. */
  private static List<String> switches(List<String> command) {
    List<String> settings = new ArrayList<>();
    for (int i = 1; i < command.size(); i++) {
      if (command.get(i - 1).equals("-c")) {
        settings.add(command.get(i));
      }
    }
    return settings;
  }

  private Map<String, String> environment(String service) {
    Map<String, String> environment = new TreeMap<>();
    ((Map<?, ?>) containers.get(service).get("environment"))
        .forEach((name, value) -> environment.put(name.toString(), String.valueOf(value)));
    return environment;
  }

  private List<String> words(String service, String key) {
    Object list = containers.get(service).getOrDefault(key, List.of());
    return ((Collection<?>) list).stream().map(Object::toString).toList();
  }

  private static long megabytes(String limit) {
    long number = Long.parseLong(limit.substring(0, limit.length() - 1));
    return limit.endsWith("g") ? number * 1024 : number;
  }

  private static String version(String pom, String name) {
    return group(pom, "<%s.version>(.*?)</".formatted(Pattern.quote(name)));
  }

  private static String requirement(String folder, String name) throws IOException {
    return group(
        Files.readString(HOME.root().resolve(folder).resolve("requirements.in")),
        "(?m)^%s==(\\S+)".formatted(Pattern.quote(name)));
  }

  private static String tag(String text, String image, String end) {
    return group(text, Pattern.quote(image) + ":(.*?)" + end);
  }

  private static String group(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Map<String, Object>> services(String file) throws IOException {
    return (Map<String, Map<String, Object>>)
        yaml(Files.readString(COMPOSE.resolve(file))).get("services");
  }

  private static Map<String, Object> yaml(String text) {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
  }
}

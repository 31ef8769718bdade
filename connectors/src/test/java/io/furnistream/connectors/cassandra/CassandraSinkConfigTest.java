package io.furnistream.connectors.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CassandraSinkConfigTest {

  private static final Map<String, String> LEAST =
      Map.of(
          "contactPoints", "127.0.0.1",
          "loadBalancing.localDc", "dc1",
          "kafka.bootstrap.servers", "127.0.0.1:9092",
          "topic.t.k.t.mapping", "*");

  @Test
  void defaults() {
    CassandraSinkConfig config = new CassandraSinkConfig(LEAST);

    assertThat(config.contactPoints()).containsExactly(address("127.0.0.1", 9042));
    assertThat(config.localDatacenter()).isEqualTo("dc1");
    assertThat(config.hasCredentials()).isFalse();
    assertThat(config.maxConcurrentRequests()).isEqualTo(500);
    assertThat(config.queryExecutionTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.kafka()).isEqualTo(Map.of("bootstrap.servers", "127.0.0.1:9092"));
    assertThat(config.mappings().all()).hasSize(1);
  }

  @Test
  void settingsOfTheDriverAreThoseOfTheConnectorWhereTheSinkHasNoProperty() {
    DriverExecutionProfile driver =
        driver(
            Map.of(
                "datastax-java-driver.advanced.ssl-engine-factory.class",
                "DefaultSslEngineFactory",
                "datastax-java-driver.advanced.ssl-engine-factory.truststore-path",
                "/with \"quotes\"/and ${no} substitution",
                "datastax-java-driver.advanced.reconnection-policy.max-delay",
                "9 seconds",
                "datastax-java-driver.basic.request.timeout",
                "1 second",
                "queryExecutionTimeout",
                "7"));

    assertThat(driver.getString(DefaultDriverOption.SSL_ENGINE_FACTORY_CLASS))
        .isEqualTo("DefaultSslEngineFactory");
    assertThat(driver.getString(DefaultDriverOption.SSL_TRUSTSTORE_PATH))
        .isEqualTo("/with \"quotes\"/and ${no} substitution");
    assertThat(driver.getDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY))
        .as("over the sink's default")
        .isEqualTo(Duration.ofSeconds(9));
    assertThat(driver.getDuration(DefaultDriverOption.REQUEST_TIMEOUT))
        .as("the sink's own property")
        .isEqualTo(Duration.ofSeconds(7));
    assertThat(driver(Map.of()).getDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY))
        .isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void aPathThatTheDriverCannotHaveIsNoOutage() {
    CassandraSinkConfig config =
        new CassandraSinkConfig(with(Map.of("datastax-java-driver.basic..request", "x")));
    assertThatThrownBy(() -> DriverSettings.of(config))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("datastax-java-driver.");
  }

  private static DriverExecutionProfile driver(Map<String, String> properties) {
    return DriverSettings.of(new CassandraSinkConfig(with(properties)))
        .getInitialConfig()
        .getDefaultProfile();
  }

  @Test
  void everyProperty() {
    CassandraSinkConfig config =
        new CassandraSinkConfig(
            with(
                Map.of(
                    "contactPoints", "a, b:9999,[::1]:9043,[::1],fe80::1",
                    "port", "9142",
                    "loadBalancing.localDc", "dc2",
                    "auth.username", "sink",
                    "auth.password", "secret",
                    "maxConcurrentRequests", "7",
                    "queryExecutionTimeout", "3",
                    "kafka.security.protocol", "SSL")));

    assertThat(config.contactPoints())
        .isEqualTo(
            List.of(
                address("a", 9142),
                address("b", 9999),
                address("::1", 9043),
                address("::1", 9142),
                address("fe80::1", 9142)));
    assertThat(config.localDatacenter()).isEqualTo("dc2");
    assertThat(config.hasCredentials()).isTrue();
    assertThat(config.username()).isEqualTo("sink");
    assertThat(config.password()).isEqualTo("secret");
    assertThat(config.maxConcurrentRequests()).isEqualTo(7);
    assertThat(config.queryExecutionTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.kafka())
        .isEqualTo(Map.of("bootstrap.servers", "127.0.0.1:9092", "security.protocol", "SSL"));
    assertThat(config.values().toString()).doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "contactPoints, ''",
    "contactPoints, host:",
    "contactPoints, host:nine",
    "contactPoints, host:65536",
    "contactPoints, [::1",
    "port, 0",
    "port, 65536",
    "loadBalancing.localDc, ''",
    "maxConcurrentRequests, 0",
    "queryExecutionTimeout, 0",
    "queryExecutionTimeout, 121",
    "queryExecutionTimeout, soon",
    "stampConsistency, QUORUM",
    "stampConsistency, local_serial"
  })
  void refusesAWrongValueAndNamesTheProperty(String property, String value) {
    assertThatThrownBy(() -> new CassandraSinkConfig(with(Map.of(property, value))))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(property)
        .hasMessageContaining(value);
  }

  @ParameterizedTest
  @CsvSource({"contactPoints", "loadBalancing.localDc", "kafka.bootstrap.servers"})
  void refusesAMissingProperty(String property) {
    Map<String, String> properties = new HashMap<>(LEAST);
    properties.remove(property);

    assertThatThrownBy(() -> new CassandraSinkConfig(properties))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(property);
    assertThat(errors(new CassandraSinkConnector(), properties))
        .isNotEmpty()
        .allSatisfy(error -> assertThat(error).contains(property));
  }

  @Test
  void namesWhatNothingReads() {
    assertThat(
            errors(
                new CassandraSinkConnector(),
                with(
                    Map.of(
                        "loadBalancing.localDC", "dc1",
                        "kafka.bootstrap.server", "a",
                        "kafka.security.protocol", "SSL",
                        "consumer.override.isolation.level", "read_committed"))))
        .containsExactlyInAnyOrder(
            "Nothing reads the property 'loadBalancing.localDC'. Did you mean 'loadBalancing.localDc'?",
            "Nothing reads the property 'kafka.bootstrap.server'. Did you mean 'kafka.bootstrap.servers'?");
  }

  @Test
  void theConnectorIsFoundAndChecksMappingsBeforeItStarts() {
    assertThat(ServiceLoader.load(SinkConnector.class))
        .hasAtLeastOneElementOfType(CassandraSinkConnector.class);
    CassandraSinkConnector connector = new CassandraSinkConnector();

    assertThat(errors(connector, LEAST)).isEmpty();
    assertThat(errors(connector, with(Map.of("topic.t.k.t.mapping", "nonsense"))))
        .singleElement()
        .asString()
        .contains("topic.t.k.t.mapping")
        .contains("nonsense");
    assertThatThrownBy(() -> connector.start(with(Map.of("topic.t.k.t.mapping", "nonsense"))))
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void eachTaskGetsTheWholeConfiguration() {
    CassandraSinkConnector connector = new CassandraSinkConnector();
    connector.start(LEAST);

    assertThat(connector.taskClass()).isEqualTo(CassandraSinkTask.class);
    assertThat(connector.taskConfigs(3)).containsExactly(LEAST, LEAST, LEAST);
  }

  private static List<String> errors(CassandraSinkConnector connector, Map<String, String> config) {
    return connector.validate(config).configValues().stream()
        .map(ConfigValue::errorMessages)
        .flatMap(List::stream)
        .toList();
  }

  private static Map<String, String> with(Map<String, String> more) {
    Map<String, String> properties = new HashMap<>(LEAST);
    properties.putAll(more);
    return properties;
  }

  private static InetSocketAddress address(String host, int port) {
    return InetSocketAddress.createUnresolved(host, port);
  }
}

package io.furnistream.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** A real broker in this JVM, its own controller, on free ports of the loopback address. */
public final class TestBroker implements AutoCloseable {

  private static final String CLIENT_PROPERTIES = "client.properties";

  private final KafkaRaftServer server;
  private final String bootstrapServers;
  private final Path clientProperties;

  private TestBroker(KafkaRaftServer server, String bootstrapServers, Path clientProperties) {
    this.server = server;
    this.bootstrapServers = bootstrapServers;
    this.clientProperties = clientProperties;
  }

  /**
   * Starts an empty broker, which does not create topics automatically.
   *
   * @param folder where it keeps its data; the caller deletes it
   */
  public static TestBroker start(Path folder) throws Exception {
    return start(folder, "PLAINTEXT", Map.of());
  }

  /**
   * Starts an empty broker that speaks only TLS, and only with those who know its password ({@code
   * SASL_SSL}, {@code PLAIN}). What they need is in {@link #clientProperties}.
   *
   * @param folder where it keeps its data; the caller deletes it
   */
  public static TestBroker startSecured(Path folder) throws Exception {
    TestCertificate certificate = TestCertificate.in(folder);
    Credentials clients = new Credentials("furnistream", UUID.randomUUID().toString());
    Properties needed = new Properties();
    needed.putAll(
        Map.of(
            "security.protocol",
            "SASL_SSL",
            "sasl.mechanism",
            "PLAIN",
            "sasl.jaas.config",
            clients.ofClient(),
            "ssl.truststore.type",
            "PKCS12",
            "ssl.truststore.location",
            certificate.trustStore().toString(),
            "ssl.truststore.password",
            TestCertificate.PASSWORD));
    try (Writer file = Files.newBufferedWriter(folder.resolve(CLIENT_PROPERTIES))) {
      needed.store(file, null);
    }
    return start(
        folder,
        "SASL_SSL",
        Map.of(
            "ssl.keystore.type",
            "PKCS12",
            "ssl.keystore.location",
            certificate.keyStore().toString(),
            "ssl.keystore.password",
            TestCertificate.PASSWORD,
            "ssl.truststore.type",
            "PKCS12",
            "ssl.truststore.location",
            certificate.trustStore().toString(),
            "ssl.truststore.password",
            TestCertificate.PASSWORD,
            "sasl.enabled.mechanisms",
            "PLAIN",
            "sasl.mechanism.inter.broker.protocol",
            "PLAIN",
            "listener.name.sasl_ssl.plain.sasl.jaas.config",
            clients.ofBroker()));
  }

  private static TestBroker start(Path folder, String protocol, Map<String, String> security)
      throws Exception {
    int controllerPort = freePort();
    String bootstrapServers = "127.0.0.1:" + freePort();
    Properties settings = new Properties();
    settings.putAll(security);
    settings.putAll(
        Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("node.id", "1"),
            Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controllerPort),
            Map.entry("controller.listener.names", "CONTROLLER"),
            Map.entry(
                "listener.security.protocol.map",
                "%s:%s,CONTROLLER:PLAINTEXT".formatted(protocol, protocol)),
            Map.entry("inter.broker.listener.name", protocol),
            Map.entry(
                "listeners",
                "%s://%s,CONTROLLER://127.0.0.1:%d"
                    .formatted(protocol, bootstrapServers, controllerPort)),
            Map.entry("log.dirs", folder.toString()),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("auto.create.topics.enable", "false")));
    new Formatter()
        .setPrintStream(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8))
        .setNodeId(1)
        .setClusterId(Uuid.randomUuid().toString())
        .addDirectory(folder.toString())
        .setMetadataLogDirectory(folder.toString())
        .setControllerListenerName("CONTROLLER")
        .run();
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    server.startup();
    return new TestBroker(server, bootstrapServers, folder.resolve(CLIENT_PROPERTIES));
  }

  /** Where it answers, as host:port. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** What a client needs beside the address, where the broker is secured: a properties file. */
  public Path clientProperties() {
    return clientProperties;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  /** A port that was free a moment ago. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

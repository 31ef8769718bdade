package io.furnistream.endtoend.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.ClientProperties;
import io.furnistream.cli.Endpoints;
import io.furnistream.cli.ExitStatus;
import io.furnistream.endtoend.stack.CoreStack;
import io.furnistream.endtoend.stack.OnCoreStack;
import io.furnistream.stores.cassandra.CassandraSession;
import io.furnistream.testing.TestCertificate;
import io.furnistream.testing.TlsGateway;
import io.furnistream.verify.VerifyCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A cluster whose registry, Cassandra and PostgreSQL speak only TLS. (Kafka's clients are tested
 * with a broker that asks for TLS and a password, in {@code datagen} and {@code aggregates}.)
 */
@OnCoreStack
class SecuredIT {

  private static final int REGISTRY = 8081;
  private static final int CASSANDRA = 9042;
  private static final int POSTGRES = 5432;

  private final CoreStack stack;
  @TempDir private Path folder;

  SecuredIT(CoreStack stack) {
    this.stack = stack;
  }

  @Test
  void verifyBringsWhatEachStoreAsksFor() throws Exception {
    TestCertificate certificate = TestCertificate.in(folder);
    try (TlsGateway registry = TlsGateway.open(certificate, stack.port(REGISTRY));
        TlsGateway cassandra = TlsGateway.open(certificate, stack.port(CASSANDRA));
        TlsGateway postgres = TlsGateway.open(certificate, stack.port(POSTGRES), "postgresql")) {
      Map<String, String> environment = new HashMap<>();
      environment.put(Endpoints.BOOTSTRAP_SERVERS, stack.endpoints().bootstrapServers());
      environment.put(
          Endpoints.REGISTRY_URL,
          "https://127.0.0.1:%d/apis/ccompat/v7".formatted(registry.port()));
      environment.put(Endpoints.CASSANDRA_CONTACT_POINTS, "127.0.0.1:" + cassandra.port());
      environment.put(
          Endpoints.POSTGRES_URL,
          "jdbc:postgresql://127.0.0.1:%d/furnistream?sslmode=verify-full&sslNegotiation=direct&sslrootcert=%s"
              .formatted(postgres.port(), certificate.pem()));
      environment.put(Endpoints.POSTGRES_USER, stack.endpoints().postgresUser());
      environment.put(Endpoints.POSTGRES_PASSWORD, stack.secret("REPORT_READER_PASSWORD"));

      assertThatThrownBy(() -> new CassandraSession(Endpoints.fromEnvironment(environment)).close())
          .as("in plain text")
          .isInstanceOf(CannotRunException.class)
          .hasMessageContaining("127.0.0.1:" + cassandra.port());

      environment.put(ClientProperties.VARIABLE, clientProperties(certificate).toString());
      environment.put(Endpoints.CASSANDRA_CONFIG, driverConfiguration(certificate).toString());
      StringWriter printed = new StringWriter();
      int status =
          new CommandLine(
                  new VerifyCommand(
                      () -> Endpoints.fromEnvironment(environment),
                      () -> stack.state().resolve("export"),
                      Optional::empty,
                      Optional::empty))
              .setOut(new PrintWriter(printed))
              .setErr(new PrintWriter(printed))
              .execute("--from", "2023-12-01", "--to", "2023-12-10");

      assertThat(status).as(printed.toString()).isEqualTo(ExitStatus.DONE);
      assertThat(registry.connections()).as("registry").isPositive();
      assertThat(cassandra.connections()).as("Cassandra").isPositive();
      assertThat(postgres.connections()).as("PostgreSQL").isPositive();
    }
  }

  private Path clientProperties(TestCertificate certificate) throws Exception {
    return Files.writeString(
        folder.resolve("client.properties"),
        """
        schema.registry.ssl.truststore.type=PKCS12
        schema.registry.ssl.truststore.location=%s
        schema.registry.ssl.truststore.password=%s
        """
            .formatted(certificate.trustStore(), TestCertificate.PASSWORD));
  }

  private Path driverConfiguration(TestCertificate certificate) throws Exception {
    return Files.writeString(
        folder.resolve("application.conf"),
        """
        datastax-java-driver.advanced.ssl-engine-factory {
          class = DefaultSslEngineFactory
          truststore-path = "%s"
          truststore-password = "%s"
        }
        """
            .formatted(certificate.trustStore(), TestCertificate.PASSWORD));
  }
}

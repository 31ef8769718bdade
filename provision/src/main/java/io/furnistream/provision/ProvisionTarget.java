package io.furnistream.provision;

import io.furnistream.cli.Endpoints;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be provisioned, and what opens it. Passwords are never printed.
 *
 * @param endpoints where everything answers
 * @param report how PostgreSQL is administered; empty when it is not said
 * @param cassandra how Cassandra is administered
 */
public record ProvisionTarget(
    Endpoints endpoints, Optional<ReportAccess> report, CassandraAccess cassandra) {

  /** Names of the environment variables. */
  public static final String POSTGRES_ADMIN_URL = "FURNISTREAM_POSTGRES_ADMIN_URL";

  public static final String POSTGRES_ADMIN_USER = "FURNISTREAM_POSTGRES_ADMIN_USER";
  public static final String POSTGRES_ADMIN_PASSWORD = "FURNISTREAM_POSTGRES_ADMIN_PASSWORD";
  public static final String WRITER_PASSWORD = "FURNISTREAM_SINK_WRITER_PASSWORD";
  public static final String CASSANDRA_ADMIN_USER = "FURNISTREAM_CASSANDRA_ADMIN_USER";
  public static final String CASSANDRA_ADMIN_PASSWORD = "FURNISTREAM_CASSANDRA_ADMIN_PASSWORD";

  public static final String CASSANDRA_WRITER_PASSWORD = "FURNISTREAM_CASSANDRA_SINK_PASSWORD";
  public static final String CASSANDRA_READER_PASSWORD = "FURNISTREAM_CASSANDRA_READER_PASSWORD";

  /** The target that environment variables name. */
  public static ProvisionTarget fromEnvironment(Map<String, String> environment) {
    Endpoints endpoints = Endpoints.fromEnvironment(environment);
    String admin = environment.getOrDefault(POSTGRES_ADMIN_USER, "");
    Optional<ReportAccess> report =
        admin.isBlank()
            ? Optional.empty()
            : Optional.of(
                new ReportAccess(
                    endpoints.postgresUrl(),
                    environment.getOrDefault(POSTGRES_ADMIN_URL, endpoints.postgresUrl()),
                    admin,
                    environment.getOrDefault(POSTGRES_ADMIN_PASSWORD, ""),
                    null,
                    null,
                    environment.getOrDefault(WRITER_PASSWORD, ""),
                    endpoints.postgresPassword()));
    return new ProvisionTarget(
        endpoints,
        report,
        new CassandraAccess(
            environment.getOrDefault(CASSANDRA_ADMIN_USER, ""),
            environment.getOrDefault(CASSANDRA_ADMIN_PASSWORD, ""),
            environment.getOrDefault(CASSANDRA_WRITER_PASSWORD, ""),
            environment.getOrDefault(CASSANDRA_READER_PASSWORD, "")));
  }

  @Override
  public String toString() {
    return "ProvisionTarget[%s, %s]".formatted(endpoints, report);
  }
}

package io.furnistream.stack;

import io.furnistream.cli.CannotRunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The generated passwords of one stack: made at its first start, kept in {@code secrets.env}. */
final class Secrets {

  /** Opens PostgreSQL to the superuser, which makes roles and databases and does nothing else. */
  static final String POSTGRES_SUPERUSER_PASSWORD = "POSTGRES_SUPERUSER_PASSWORD";

  /** Opens the reporting database to the role admin, which owns it. */
  static final String POSTGRES_ADMIN_PASSWORD = "POSTGRES_ADMIN_PASSWORD";

  static final String REGISTRY_DATABASE_PASSWORD = "REGISTRY_DATABASE_PASSWORD";
  static final String SINK_WRITER_PASSWORD = "SINK_WRITER_PASSWORD";
  static final String REPORT_READER_PASSWORD = "REPORT_READER_PASSWORD";
  static final String REPORT_READER_URL = "REPORT_READER_URL";

  /** Opens Airflow's pages and its REST API to the user admin. */
  static final String AIRFLOW_ADMIN_PASSWORD = "AIRFLOW_ADMIN_PASSWORD";

  static final String AIRFLOW_DATABASE_PASSWORD = "AIRFLOW_DATABASE_PASSWORD";
  static final String AIRFLOW_FERNET_KEY = "AIRFLOW_FERNET_KEY";
  static final String AIRFLOW_JWT_SECRET = "AIRFLOW_JWT_SECRET";
  static final String AIRFLOW_API_SECRET_KEY = "AIRFLOW_API_SECRET_KEY";

  /** Opens Superset's pages and its REST API to the user admin. */
  static final String SUPERSET_ADMIN_PASSWORD = "SUPERSET_ADMIN_PASSWORD";

  static final String SUPERSET_DATABASE_PASSWORD = "SUPERSET_DATABASE_PASSWORD";
  static final String SUPERSET_SECRET_KEY = "SUPERSET_SECRET_KEY";

  /** Makes tokens of names: whoever has it can test a guess. Another key makes other tokens. */
  static final String PSEUDONYM_KEY = "PSEUDONYM_KEY";

  private static final int PASSWORD_BYTES = 24;

  /** What HMAC-SHA-512 wants of a key. */
  private static final int SIGNING_KEY_BYTES = 64;

  private static final int FERNET_KEY_BYTES = 32;

  /** As long as what HMAC-SHA-256 makes. */
  private static final int PSEUDONYM_KEY_BYTES = 32;

  private final Map<String, String> values;

  private Secrets(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads the secrets of a stack, making those that are missing.
   *
   * @param file {@code secrets.env}; written with mode 0600
   * @param ports where the reporting database answers, for {@value #REPORT_READER_URL}
   */
  static Secrets loadOrCreate(Path file, Ports ports) throws IOException {
    Map<String, String> values = read(file);
    Map<String, String> before = Map.copyOf(values);
    if (!values.containsKey(POSTGRES_SUPERUSER_PASSWORD)
        && values.containsKey(POSTGRES_ADMIN_PASSWORD)) {
      // A stack from before the role admin: the superuser was made with this password.
      values.put(POSTGRES_SUPERUSER_PASSWORD, values.remove(POSTGRES_ADMIN_PASSWORD));
    }
    for (String name :
        new String[] {
          POSTGRES_SUPERUSER_PASSWORD,
          POSTGRES_ADMIN_PASSWORD,
          REGISTRY_DATABASE_PASSWORD,
          SINK_WRITER_PASSWORD,
          REPORT_READER_PASSWORD,
          AIRFLOW_ADMIN_PASSWORD,
          AIRFLOW_DATABASE_PASSWORD,
          SUPERSET_ADMIN_PASSWORD,
          SUPERSET_DATABASE_PASSWORD
        }) {
      values.computeIfAbsent(name, absent -> random(PASSWORD_BYTES));
    }
    values.computeIfAbsent(AIRFLOW_JWT_SECRET, absent -> random(SIGNING_KEY_BYTES));
    values.computeIfAbsent(AIRFLOW_API_SECRET_KEY, absent -> random(SIGNING_KEY_BYTES));
    values.computeIfAbsent(SUPERSET_SECRET_KEY, absent -> random(SIGNING_KEY_BYTES));
    values.computeIfAbsent(PSEUDONYM_KEY, absent -> random(PSEUDONYM_KEY_BYTES));
    // Fernet wants its key padded.
    values.computeIfAbsent(AIRFLOW_FERNET_KEY, absent -> random(FERNET_KEY_BYTES) + "=");
    values.put(
        REPORT_READER_URL,
        "postgresql://%s:%s@%s/%s"
            .formatted(
                PostgresService.REPORT_READER,
                values.get(REPORT_READER_PASSWORD),
                Ports.address(ports.postgres()),
                PostgresService.REPORT_DATABASE));
    if (!values.equals(before)) {
      StateFolder.writePrivately(
          file,
          values.entrySet().stream()
              .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
              .collect(Collectors.joining()));
    }
    return new Secrets(values);
  }

  String get(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("No secret has the name " + name);
    }
    return value;
  }

  private static Map<String, String> read(Path file) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    if (!Files.exists(file)) {
      return values;
    }
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      int equals = line.indexOf('=');
      if (equals < 1) {
        throw new CannotRunException(
            "%s, line %d: expected KEY=value. Mend the line, or remove it to have it made again."
                .formatted(file, number));
      }
      values.put(line.substring(0, equals), line.substring(equals + 1));
    }
    return values;
  }

  /** Letters, digits, - and _ alone, so that it stands in a URL as it is. */
  private static String random(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}

package io.furnistream.testing;

/**
 * Who may speak with a secured test broker.
 *
 * @param user name
 * @param password which the broker has in its configuration
 */
record Credentials(String user, String password) {

  private static final String MODULE =
      "org.apache.kafka.common.security.plain.PlainLoginModule required";

  /** A client's {@code sasl.jaas.config}. */
  String ofClient() {
    return "%s username=\"%s\" password=\"%s\";".formatted(MODULE, user, password);
  }

  /** A broker's {@code sasl.jaas.config}: it speaks with itself, too. */
  String ofBroker() {
    return "%s username=\"%s\" password=\"%s\" user_%s=\"%s\";"
        .formatted(MODULE, user, password, user, password);
  }
}

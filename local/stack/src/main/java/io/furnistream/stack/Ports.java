package io.furnistream.stack;

import io.furnistream.cli.CannotRunException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * The ports of one stack: the standard ones, moved as a block.
 *
 * @param offset added to every port, 0 to {@value #MAX_OFFSET}
 */
public record Ports(int offset) {

  /** Largest offset that keeps every port below 65536. */
  public static final int MAX_OFFSET = 56_000;

  /** The address that everything listens on. */
  public static final String HOST = "127.0.0.1";

  public Ports {
    if (offset < 0 || offset > MAX_OFFSET) {
      throw new CannotRunException(
          "--port-offset takes a whole number from 0 to %d, not %d".formatted(MAX_OFFSET, offset));
    }
  }

  int kafka() {
    return 9092 + offset;
  }

  int kafkaController() {
    return 9093 + offset;
  }

  int airflow() {
    return 8080 + offset;
  }

  int registry() {
    return 8081 + offset;
  }

  int registryManagement() {
    return 8082 + offset;
  }

  int connect() {
    return 8083 + offset;
  }

  int aggregatesHealth() {
    return 8084 + offset;
  }

  int superset() {
    return 8088 + offset;
  }

  int cassandra() {
    return 9042 + offset;
  }

  int cassandraStorage() {
    return 7000 + offset;
  }

  int cassandraJmx() {
    return 7199 + offset;
  }

  int postgres() {
    return 5432 + offset;
  }

  /** Where PostgreSQL answers, as host:port. */
  public String postgresAddress() {
    return address(postgres());
  }

  static String address(int port) {
    return HOST + ":" + port;
  }

  static InetSocketAddress socketAddress(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}

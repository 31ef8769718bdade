package io.furnistream.connectors.cassandra;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A node of Cassandra that is asked first, in the form that FURNISTREAM_CASSANDRA_CONTACT_POINTS
 * has for the jobs, too.
 */
final class ContactPoint {

  static final int HIGHEST_PORT = 65_535;

  /** An address of IPv6 has a port only behind brackets. */
  private static final Pattern POINT =
      Pattern.compile(
          "(?:\\[([\\w:.%]+)]|([^\\s:\\[\\]]+))(?::([0-9]{1,5}))?|([\\w.%]*(?::[\\w.%]*){2,})");

  private ContactPoint() {}

  /**
   * Reads one, unresolved: a node that comes back under another address is found again.
   *
   * @param text host, host:port, IPv6 or [IPv6]:port
   * @param defaultPort of one that names none
   * @return empty when it is none of these
   */
  static Optional<InetSocketAddress> parse(String text, int defaultPort) {
    Matcher point = POINT.matcher(text);
    if (!point.matches()) {
      return Optional.empty();
    }
    int port = point.group(3) == null ? defaultPort : Integer.parseInt(point.group(3));
    return port > 0 && port <= HIGHEST_PORT
        ? Optional.of(InetSocketAddress.createUnresolved(host(point), port))
        : Optional.empty();
  }

  private static String host(Matcher point) {
    if (point.group(1) != null) {
      return point.group(1);
    }
    return point.group(2) == null ? point.group(4) : point.group(2);
  }
}

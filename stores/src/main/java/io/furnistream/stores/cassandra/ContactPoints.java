package io.furnistream.stores.cassandra;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Endpoints;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The nodes of Cassandra that are asked first, in the form that the sink's {@code contactPoints}
 * has, too.
 */
public final class ContactPoints {

  private static final int PORT = 9042;
  private static final int HIGHEST_PORT = 65_535;

  /** An address of IPv6 has a port only behind brackets. */
  private static final Pattern POINT =
      Pattern.compile(
          "(?:\\[([\\w:.%]+)]|([^\\s:\\[\\]]+))(?::([0-9]{1,5}))?|([\\w.%]*(?::[\\w.%]*){2,})");

  private ContactPoints() {}

  /**
   * Reads a list.
   *
   * @param list host, host:port, IPv6 or [IPv6]:port, separated by commas; without a port, 9042
   * @throws CannotRunException when one is none of these; the message names it and the variable
   */
  public static List<InetSocketAddress> parse(String list) {
    return Arrays.stream(list.split(",", -1)).map(String::strip).map(ContactPoints::point).toList();
  }

  private static InetSocketAddress point(String text) {
    Matcher point = POINT.matcher(text);
    if (point.matches()) {
      int port = point.group(3) == null ? PORT : Integer.parseInt(point.group(3));
      if (port > 0 && port <= HIGHEST_PORT) {
        return new InetSocketAddress(host(point), port);
      }
    }
    throw new CannotRunException(
        "'%s' is not host:port, such as 127.0.0.1:9042. Set %s to Cassandra's host:port list."
            .formatted(text, Endpoints.CASSANDRA_CONTACT_POINTS));
  }

  private static String host(Matcher point) {
    if (point.group(1) != null) {
      return point.group(1);
    }
    return point.group(2) == null ? point.group(4) : point.group(2);
  }
}

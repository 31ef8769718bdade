package io.furnistream.stack.state;

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

  /**
   * Where a service of this stack listens.
   *
   * @param standard its port in a stack with the offset 0
   */
  public int at(int standard) {
    return standard + offset;
  }

  /** A port of this machine as host:port. */
  public static String address(int port) {
    return HOST + ":" + port;
  }

  /** A port of this machine, for a socket. */
  public static InetSocketAddress socketAddress(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}

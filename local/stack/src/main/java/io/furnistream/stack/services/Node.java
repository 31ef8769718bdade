package io.furnistream.stack.services;

import io.furnistream.stack.state.Ports;

/**
 * One of the equal processes that make up a service.
 *
 * @param service the service, such as kafka
 * @param number which of them, from 1
 * @param count how many there are
 */
record Node(String service, int number, int count) {

  /**
   * Between the ports of two nodes; no other service's standard port is so far from one of them.
   */
  private static final int PORT_STEP = 10;

  /** Its name: that of the service where there is only one, else such as kafka-2. */
  String name() {
    return count == 1 ? service : service + "-" + number;
  }

  /** Whether all others come before it. */
  boolean isLast() {
    return number == count;
  }

  /** Whether the service is a cluster. */
  boolean isOneOfMany() {
    return count > 1;
  }

  /**
   * Where it listens.
   *
   * @param standard the port of the first in a stack with the offset 0
   */
  int port(Ports ports, int standard) {
    return ports.at(standard + (number - 1) * PORT_STEP);
  }

  /** The same as host:port. */
  String address(Ports ports, int standard) {
    return Ports.address(port(ports, standard));
  }

  /**
   * What it adds to what every stack needs: nothing when it is the first.
   *
   * @param bytes what each further one takes
   */
  long extraMemory(long bytes) {
    return number == 1 ? 0 : bytes;
  }
}

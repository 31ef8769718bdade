package io.furnistream.stack.services;

import io.furnistream.stack.state.Ports;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;

/**
 * Asks Cassandra whether it serves, by one frame of its own protocol: OPTIONS, which it answers
 * with SUPPORTED once its native transport is up. A driver session for the same question costs
 * seconds of CPU while the node is starting.
 *
 * <p>Source: Apache Cassandra's native_protocol_v4.spec, sections 2 and 4.1.3.
 */
final class CassandraPing {

  private static final int LIMIT_MS = 3000;
  private static final byte[] OPTIONS = {4, 0, 0, 0, 5, 0, 0, 0, 0};
  private static final int HEADER_BYTES = 9;
  private static final int OPCODE = 4;
  private static final byte SUPPORTED = 6;

  private CassandraPing() {}

  static void ping(int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(Ports.socketAddress(port), LIMIT_MS);
      socket.setSoTimeout(LIMIT_MS);
      socket.getOutputStream().write(OPTIONS);
      byte[] header = new byte[HEADER_BYTES];
      new DataInputStream(socket.getInputStream()).readFully(header);
      if (header[OPCODE] != SUPPORTED) {
        throw new IOException("Cassandra answered OPTIONS with opcode " + header[OPCODE]);
      }
    }
  }
}

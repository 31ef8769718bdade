package io.furnistream.endtoend.stack;

import io.furnistream.stack.Profile;
import io.furnistream.stack.Stack;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.commons.io.file.PathUtils;

/** Finds ports for stacks of this JVM. */
final class FreePorts {

  private static final int FIRST_OFFSET = 12_000;

  /**
   * Below the ports that the kernel gives to outgoing connections (32768 and up), any of which may
   * be in use.
   */
  private static final int LAST_OFFSET = 22_000;

  private static final int STEP = 1_000;

  private static final Set<Integer> GIVEN = new HashSet<>();

  private FreePorts() {}

  /** An offset at which every port of a stack is free, and which no other stack was given. */
  static synchronized int offset() {
    Set<Integer> ports = standardPorts();
    return IntStream.iterate(FIRST_OFFSET, offset -> offset <= LAST_OFFSET, offset -> offset + STEP)
        .filter(offset -> ports.stream().allMatch(port -> isFree(port + offset)))
        .filter(GIVEN::add)
        .findFirst()
        .orElseThrow(() -> new AssertionError("No offset at which these are free: " + ports));
  }

  private static Set<Integer> standardPorts() {
    try {
      Path unused = Files.createTempDirectory("furnistream-ports-");
      Set<Integer> ports = new TreeSet<>();
      for (Profile profile : Profile.values()) {
        Stack.create(Home.fromSystemProperty(), new StateFolder(unused), new Ports(0), profile)
            .services()
            .forEach(service -> ports.addAll(service.ports()));
      }
      PathUtils.deleteDirectory(unused);
      return ports;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(Ports.socketAddress(port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}

package io.furnistream.stack.services;

import io.furnistream.stack.process.ProcessSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One service of the stack, described once: how to start it, how to check that it answers, what it
 * waits for, and what must be provisioned before others may use it.
 */
public interface Service {

  /** Its name in {@code status}, {@code logs} and in the state folder. */
  String name();

  /** What {@link #port} returns for a service that nothing connects to. */
  int NO_PORT = 0;

  /** The port on which others reach it, or {@link #NO_PORT}. */
  int port();

  /** Every port that must be free before it starts. */
  Set<Integer> ports();

  /** The line about it under "Where to look"; empty for a service without one. */
  default Optional<Link> link() {
    return Optional.empty();
  }

  /** What the build must have made for it: files and folders. */
  List<Path> runsFrom();

  /** What else prevents a start, each as a sentence that says how to correct it. */
  default List<String> problems() throws IOException {
    return List.of();
  }

  /** Memory in bytes that must be free for it on top of what every stack needs. */
  default long extraMemory() {
    return 0;
  }

  /** Services that must have been provisioned before this one starts. */
  Set<String> startsAfter();

  /** Services that must have been provisioned before this one is provisioned. */
  default Set<String> provisionsAfter() {
    return Set.of();
  }

  /**
   * Writes configuration and lays out data folders; runs before every start.
   *
   * @return the process to start
   */
  ProcessSpec prepare() throws Exception;

  /**
   * Asks the service itself.
   *
   * @throws Exception as long as it does not answer
   */
  void answers() throws Exception;

  /**
   * Provisions what others need of it; runs after every start, and changes nothing the second time.
   */
  default void provision() throws Exception {}

  /**
   * Repairs what can go wrong inside a service that answers; runs every few seconds.
   *
   * @return what it did, each as a clause such as "restarted the failed tasks of NAME"
   */
  default List<String> repair() throws Exception {
    return List.of();
  }

  /** How long a start may take until it answers. */
  default Duration startLimit() {
    return Duration.ofMinutes(2);
  }

  /** Asks the process to end; what does not end within the supervisor's limit is killed. */
  default void stop(Process process) throws Exception {
    process.destroy();
  }
}

package io.furnistream.stack.process;

import java.io.BufferedReader;
import java.io.IOException;

/**
 * A process with a parent that never asks how it ended: where the system keeps a zombie for that,
 * it stays alive for Java.
 */
final class Zombie implements AutoCloseable {

  private final Process parent;
  private final ProcessHandle child;

  private Zombie(Process parent, ProcessHandle child) {
    this.parent = parent;
    this.child = child;
  }

  /** Starts one, which lives until it is killed. */
  static Zombie start() throws IOException {
    Process parent =
        new ProcessBuilder("setsid", "sh", "-c", "sleep 60 & echo $!; exec sleep 60").start();
    try (BufferedReader out = parent.inputReader()) {
      return new Zombie(parent, ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow());
    }
  }

  /** The process. */
  ProcessHandle process() {
    return child;
  }

  /** The process that never asks, leads their session, and must not be ended by its child's end. */
  ProcessHandle parent() {
    return parent.toHandle();
  }

  @Override
  public void close() {
    parent.destroyForcibly();
    child.destroyForcibly();
  }
}

package io.furnistream.stack;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Finds what is missing before anything starts, and says how to mend it. */
final class Preflight {

  private static final long CORE_MEMORY = 4L << 30;
  private static final long NEEDED_DISK = 2L << 30;
  private static final double GIB = 1L << 30;

  private final Stack stack;

  Preflight(Stack stack) {
    this.stack = stack;
  }

  /** Everything that stands in the way, each as a sentence with its cure. */
  List<String> problems() throws IOException {
    List<String> problems = new ArrayList<>();
    checkMachine(problems);
    checkBuild(problems);
    checkMemory(problems);
    checkDisk(problems);
    for (Service service : stack.services()) {
      problems.addAll(service.problems());
    }
    checkPorts(problems);
    return problems;
  }

  private static void checkMachine(List<String> problems) {
    String os = System.getProperty("os.name");
    String arch = System.getProperty("os.arch");
    if (!os.equals("Linux") || !arch.equals("amd64")) {
      problems.add("The embedded stack runs on Linux x86-64; this is %s %s.".formatted(os, arch));
    }
  }

  private void checkBuild(List<String> problems) {
    for (Service service : stack.services()) {
      for (Path each : service.runsFrom()) {
        if (!Files.exists(each)) {
          problems.add(
              "%s, which %s runs from, is missing. Build first: mvn package."
                  .formatted(each, service.name()));
        }
      }
    }
  }

  private void checkMemory(List<String> problems) throws IOException {
    long available = Memory.available();
    long beside = stack.services().stream().mapToLong(Service::memoryBesideCore).sum();
    if (available < CORE_MEMORY + beside) {
      problems.add(
          "%s of memory are available and the stack needs %s. Close other programs, %s."
              .formatted(
                  gib(available),
                  gib(CORE_MEMORY + beside),
                  beside == 0
                      ? "or use a larger machine"
                      : "leave Airflow and Superset out with --profile core, or use a larger machine"));
    }
  }

  private void checkDisk(List<String> problems) throws IOException {
    Path folder = stack.state().root();
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free < NEEDED_DISK) {
      problems.add(
          "%s are free in %s and the stack needs %s. Make room, or choose another folder with --state."
              .formatted(gib(free), folder, gib(NEEDED_DISK)));
    }
  }

  private void checkPorts(List<String> problems) throws IOException {
    for (Service service : stack.services()) {
      for (int port : new TreeSet<>(service.ports())) {
        if (isTaken(port)) {
          problems.add(
              "Port %d, which %s needs, is taken. Stop what listens there, or move all ports with --port-offset N."
                  .formatted(port, service.name()));
        }
      }
    }
  }

  private static boolean isTaken(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      // A port whose last connections are still closing is free for a server.
      socket.setReuseAddress(true);
      socket.bind(Ports.socketAddress(port));
      return false;
    } catch (BindException e) {
      return true;
    }
  }

  private static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / GIB);
  }
}

package io.furnistream.stack;

import io.furnistream.stack.process.Memory;
import io.furnistream.stack.services.Service;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Finds what is missing before anything starts, and says how to correct it. */
final class Preflight {

  private static final long CORE_MEMORY = 4L << 30;
  private static final long NEEDED_DISK = 2L << 30;
  private static final FileAttribute<?> OWNER_RUNS_IT =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final double GIB = 1L << 30;

  private final StateFolder folder;
  private final List<Service> services;
  private final long memory;

  private Preflight(StateFolder folder, List<Service> services, long memoryBefore) {
    this.folder = folder;
    this.services = services;
    this.memory = memoryBefore + services.stream().mapToLong(Service::extraMemory).sum();
  }

  /** For all services of a stack that does not run. */
  static Preflight ofAll(Stack stack) {
    return new Preflight(stack.state(), stack.services(), CORE_MEMORY);
  }

  /** For those services of a stack that are not among the running ones. */
  static Preflight ofAdded(Set<String> running, Stack stack) {
    return new Preflight(
        stack.state(),
        stack.services().stream().filter(service -> !running.contains(service.name())).toList(),
        0);
  }

  /** Everything that prevents a start, each as a sentence that says how to correct it. */
  List<String> problems() throws IOException {
    List<String> problems = new ArrayList<>();
    checkMachine(problems);
    checkBuild(problems);
    checkMemory(problems);
    checkDisk(problems);
    checkPrograms(problems);
    for (Service service : services) {
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
    for (Service service : services) {
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
    if (available < memory) {
      problems.add(
          "%s of memory are available and the stack needs %s. Close other programs, %s."
              .formatted(
                  gib(available),
                  gib(memory),
                  services.stream().allMatch(service -> service.extraMemory() == 0)
                      ? "or use a larger machine"
                      : "start less with --profile core, or use a larger machine"));
    }
  }

  private void checkDisk(List<String> problems) throws IOException {
    long free = Files.getFileStore(folder.root()).getUsableSpace();
    if (free < NEEDED_DISK) {
      problems.add(
          "%s are free in %s and the stack needs %s. Make room, or choose another folder with --state."
              .formatted(gib(free), folder.root(), gib(NEEDED_DISK)));
    }
  }

  /** PostgreSQL is unpacked there, and so are libraries in machine code. */
  private void checkPrograms(List<String> problems) throws IOException {
    Path probe = Files.createTempFile(folder.root(), "probe-", "", OWNER_RUNS_IT);
    try {
      if (!Files.isExecutable(probe)) {
        problems.add(
            "No program can be run from %s, which is mounted noexec. Choose another folder with --state."
                .formatted(folder.root()));
      }
    } finally {
      Files.delete(probe);
    }
  }

  private void checkPorts(List<String> problems) throws IOException {
    for (Service service : services) {
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

package io.furnistream.stack;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.StoreCurrency;
import io.furnistream.cli.StoreZone;
import io.furnistream.stack.process.ChildEnvironment;
import io.furnistream.stack.process.Jvm;
import io.furnistream.stack.process.Memory;
import io.furnistream.stack.process.Orphans;
import io.furnistream.stack.process.Pid;
import io.furnistream.stack.process.Processes;
import io.furnistream.stack.process.ServiceProcesses;
import io.furnistream.stack.services.Services;
import io.furnistream.stack.state.Archives;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.LockFile;
import io.furnistream.stack.state.LogFiles;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.StateFolder;
import io.furnistream.stack.supervisor.ServiceState;
import io.furnistream.stack.supervisor.ServiceStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Starts, stops and looks at the stack of a folder from outside: what the commands do. */
public final class StackControl {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration DOWN_LIMIT = Duration.ofMinutes(2);
  private static final int SUPERVISOR_HEAP_MB = 64;

  private final Home home;
  private final StateFolder folder;
  private final ServiceWait wait;

  /** The stack of a folder, whether there is one yet or not. */
  public StackControl(Home home, StateFolder folder) {
    this.home = home;
    this.folder = folder;
    this.wait = new ServiceWait(this, folder);
  }

  /**
   * Starts the stack and waits until every service is ready. If it already runs, starts what the
   * profile adds to it; nothing is stopped.
   *
   * @param ports where the services are to listen
   * @param profile which of them are to run
   * @param progress receives each service that gets ready
   * @param installing receives a line for what has to be installed first, which may take minutes
   * @throws CannotRunException when something is missing, more runs than the profile has, or a
   *     service does not get ready within 900 s; the message says how to correct it
   */
  public void up(
      Ports ports, Profile profile, Consumer<ServiceStatus> progress, Consumer<String> installing)
      throws IOException, InterruptedException {
    boolean running = supervisor().isPresent();
    refuseOtherData(profile);
    if (running) {
      refuseOther(ports, profile);
    }
    Set<String> before = running ? Stack.rememberedServices(folder) : Set.of();
    if (!before.equals(profile.services())) {
      Services.install(home, profile.services(), installing);
      if (running) {
        startBeside(before, ports, profile);
      } else {
        start(ports, profile);
      }
    }
    wait.untilReady(profile.services(), progress);
  }

  /**
   * Ends every service and the supervisor. Harmless when nothing runs.
   *
   * @return whether anything ran
   */
  public boolean down() throws IOException, InterruptedException {
    List<ProcessHandle> left = new ArrayList<>();
    ProcessHandle supervisor = supervisor().orElse(null);
    if (supervisor != null) {
      supervisor.destroy();
      Processes.awaitEnd(supervisor, DOWN_LIMIT);
      left.add(supervisor);
    }
    for (String service : Services.ALL) {
      Pid.living(folder.pidFile(service)).ifPresent(left::add);
    }
    left.forEach(Processes::kill);
    boolean ran = !left.isEmpty();
    for (String service : Services.ALL) {
      ran |= ServiceProcesses.kill(folder, service);
    }
    return ran;
  }

  /** The state of each service, with its memory; all stopped when no supervisor runs. */
  public List<ServiceStatus> status() throws IOException {
    if (!Files.exists(folder.status())) {
      return List.of();
    }
    List<ServiceStatus> written =
        JSON.readValue(folder.status().toFile(), new TypeReference<List<ServiceStatus>>() {});
    if (supervisor().isEmpty()) {
      return written.stream().map(ServiceStatus::stopped).toList();
    }
    return written.stream()
        .map(status -> status.withResidentBytes(Memory.resident(status.pid())))
        .toList();
  }

  /** Whether every service is ready. */
  public boolean isReady() throws IOException {
    List<ServiceStatus> all = status();
    return !all.isEmpty() && all.stream().allMatch(status -> status.state() == ServiceState.READY);
  }

  /**
   * Deletes the stack with all its data, logs and secrets, and nothing else that is in the folder.
   */
  public void reset() throws IOException, InterruptedException {
    if (!Stack.exists(folder)) {
      throw new CannotRunException(
          "There is no stack in %s, so nothing was deleted.".formatted(folder.root()));
    }
    down();
    for (String kept : Services.FOLDERS) {
      Archives.delete(folder.data(kept));
    }
    // Closed days of deleted data would contradict everything that comes after.
    Archives.delete(folder.export());
    Archives.delete(folder.verifyFolder());
    Archives.delete(folder.logs());
    Archives.delete(folder.temporaries());
    Archives.delete(folder.root().resolve("run"));
    Files.deleteIfExists(folder.secrets());
    Files.deleteIfExists(folder.settings());
  }

  /**
   * Does something while services do not run, and waits until they are ready again. They also start
   * again when this process is killed meanwhile.
   *
   * @throws CannotRunException when the stack does not run, has no such service, or when one does
   *     not end within 120 s, or start within 300 s
   */
  public void whileStopped(Set<String> services, Work work) throws Exception {
    refuseUnknown(services);
    hold(services, work);
  }

  /**
   * Does something after services were killed as by a crash (SIGKILL), all at once and with their
   * children; else as {@link #whileStopped}.
   */
  public void whileKilled(Set<String> services, Work work) throws Exception {
    refuseUnknown(services);
    List<ProcessHandle> killed = new ArrayList<>();
    for (String service : services) {
      Pid.living(folder.pidFile(service)).ifPresent(killed::add);
    }
    // Held only then: what is held is asked to end.
    killed.forEach(ProcessHandle::destroyForcibly);
    hold(services, work);
  }

  private void hold(Set<String> services, Work work) throws Exception {
    try {
      for (String service : services) {
        StateFolder.writeAtomically(
            folder.holdFile(service), Pid.of(ProcessHandle.current()).toString());
      }
      for (String service : services) {
        wait.untilStopped(service);
      }
      work.run();
    } finally {
      for (String service : services) {
        Files.deleteIfExists(folder.holdFile(service));
      }
    }
    for (String service : services) {
      wait.untilReadyAgain(service);
    }
  }

  private void refuseUnknown(Set<String> services) throws IOException {
    if (supervisor().isEmpty()) {
      throw new CannotRunException(
          "The stack in %s does not run. Start it: furnistream up --state %s"
              .formatted(folder.root(), folder.root()));
    }
    List<String> running = status().stream().map(ServiceStatus::name).toList();
    for (String service : services) {
      if (!running.contains(service)) {
        throw new CannotRunException(
            "This stack runs no '%s', but %s.".formatted(service, String.join(", ", running)));
      }
    }
  }

  /** Work that may fail. */
  public interface Work {
    /** Does it. */
    void run() throws Exception;
  }

  /** The supervisor of this folder, if it lives. */
  Optional<ProcessHandle> supervisor() throws IOException {
    return Pid.living(folder.pidFile(SupervisorMain.NAME));
  }

  private void refuseOtherData(Profile profile) throws IOException {
    Profile held = Stack.rememberedProfile(folder);
    if (Stack.exists(folder) && !held.sharesDataWith(profile)) {
      throw new CannotRunException(
          "The stack in %s is of the profile %s, and a cluster has other data than a single stack. Give another --state for the profile %s."
              .formatted(folder.root(), held, profile));
    }
  }

  private void refuseOther(Ports ports, Profile profile) throws IOException {
    int running = Stack.rememberedPorts(folder).offset();
    if (running != ports.offset()) {
      throw new CannotRunException(
          "This stack runs already with --port-offset %d. Run furnistream down first, or give another --state."
              .formatted(running));
    }
    if (!profile.services().containsAll(Stack.rememberedServices(folder))) {
      throw new CannotRunException(
          "This stack runs already with --profile full, and up stops nothing. To leave Airflow and"
              + " Superset out, run furnistream down first, or give another --state.");
    }
  }

  /** The supervisor starts what is remembered. */
  private void startBeside(Set<String> running, Ports ports, Profile profile) throws IOException {
    try (LockFile lock = LockFile.tryAcquire(folder.additionLock())) {
      if (lock == null) {
        // Another up is a moment ahead; what it starts is awaited.
        return;
      }
      Stack stack = Stack.create(home, folder, ports, profile);
      refuse(Preflight.ofAdded(running, stack).problems());
      stack.remember(profile);
    }
  }

  private static void refuse(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new CannotRunException(String.join(System.lineSeparator(), problems));
    }
  }

  private void start(Ports ports, Profile profile) throws IOException, InterruptedException {
    // A wrong zone or currency is reported here, not by a service minutes later.
    StoreZone.fromEnvironment(System.getenv());
    StoreCurrency.fromEnvironment(System.getenv());
    createFolder();
    try (LockFile lock = LockFile.tryAcquire(folder.lock())) {
      if (lock == null) {
        // Another up is a moment ahead; what it starts is awaited.
        return;
      }
      Stack stack = Stack.create(home, folder, ports, profile);
      Orphans.end(folder, Services.ALL);
      refuse(Preflight.ofAll(stack).problems());
      stack.remember(profile);
      // The status of an earlier run would look like this one's.
      Files.deleteIfExists(folder.status());
    }
    LogFiles.rotate(folder.log(SupervisorMain.NAME));
    folder.makeTemporary(SupervisorMain.NAME);
    ProcessBuilder supervisor =
        new ProcessBuilder(supervisorCommand())
            .directory(folder.root().toFile())
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.log(SupervisorMain.NAME).toFile()))
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    ChildEnvironment.ofService(supervisor.environment(), Jvm.ENVIRONMENT);
    // Written here too, so that a down in the next moment finds it.
    StateFolder.writeAtomically(
        folder.pidFile(SupervisorMain.NAME), Pid.of(supervisor.start().toHandle()).toString());
  }

  private void createFolder() {
    try {
      folder.create();
    } catch (IOException e) {
      throw new CannotRunException(
          "%s cannot be written to (%s). Choose another folder with --state."
              .formatted(folder.root(), e),
          e);
    }
  }

  /** In a session of its own, so that Ctrl-C at the terminal does not reach it. */
  private List<String> supervisorCommand() {
    List<String> command = new ArrayList<>(List.of("setsid"));
    command.addAll(
        Jvm.withHeap(SUPERVISOR_HEAP_MB, folder.temporary(SupervisorMain.NAME))
            .option("-XX:TieredStopAtLevel=1")
            .property(Home.PROPERTY, home.root())
            .main(
                System.getProperty("java.class.path"),
                SupervisorMain.class.getName(),
                folder.root().toString()));
    return command;
  }
}

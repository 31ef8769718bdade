package io.furnistream.stack.python;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Deadline;
import io.furnistream.stack.process.ChildEnvironment;
import io.furnistream.stack.process.Processes;
import io.furnistream.stack.state.Archives;
import io.furnistream.stack.state.Fingerprint;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A virtual environment with exactly what files of hashed requirements name. It is made once for
 * each text of those files and each version of Python; pip takes its index from the user's own
 * configuration.
 */
public final class PythonEnvironment {

  private static final Duration VENV_LIMIT = Duration.ofMinutes(2);
  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(20);
  private static final Duration LOCK_POLL = Duration.ofMillis(500);
  private static final long NEEDED_DISK = 2L << 30;

  private final Python python;
  private final String name;
  private final List<Path> requirements;
  private final Path folder;

  private PythonEnvironment(Python python, String name, List<Path> requirements, Path folder) {
    this.python = python;
    this.name = name;
    this.requirements = requirements;
    this.folder = folder;
  }

  /**
   * The environment for files of requirements, whether it was made or not.
   *
   * @param name how messages and its folder name it
   * @param requirements the hashed requirements
   * @param parent where environments are, one folder each
   * @throws CannotRunException when there is no Python that could run it
   */
  public static PythonEnvironment of(String name, List<Path> requirements, Path parent)
      throws IOException, InterruptedException {
    Python python = Python.find().orElseThrow(() -> new CannotRunException(Python.CURE));
    String folder = "%s-%s-py%s".formatted(name, hash(requirements), python.version());
    return new PythonEnvironment(python, name, requirements, parent.resolve(folder));
  }

  /** Its interpreter. */
  public Path python() {
    return folder.resolve("bin/python");
  }

  /** Where its packages are, for the path of another interpreter. */
  public Path sitePackages() throws IOException {
    try (Stream<Path> versions = Files.list(folder.resolve("lib"))) {
      return versions.findFirst().orElseThrow().resolve("site-packages");
    }
  }

  /** Changes with the requirements and with Python's version. */
  public String key() {
    return folder.getFileName().toString();
  }

  /** What pip printed. */
  Path log() {
    return folder.resolveSibling(key() + ".log");
  }

  /** Written last: without it, an install was cut short. */
  Path installed() {
    return folder.resolve("installed");
  }

  /** Whether it is there, whole. */
  boolean isInstalled() {
    return Files.exists(installed());
  }

  /**
   * Creates it unless it exists. Of several processes one creates it and the others wait.
   *
   * @param progress receives a line when it has to be created, which takes a minute or more
   * @throws CannotRunException when it cannot be created; the message says what to do
   */
  public void ensure(Consumer<String> progress) throws IOException, InterruptedException {
    if (isInstalled()) {
      return;
    }
    Files.createDirectories(folder.getParent());
    Path lockFile = folder.resolveSibling(key() + ".lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = lock(channel, progress)) {
      if (lock.isValid() && !isInstalled()) {
        checkDisk();
        progress.accept("Installing %s into %s (once; log: %s)".formatted(name, folder, log()));
        make();
      }
    }
  }

  private FileLock lock(FileChannel channel, Consumer<String> progress)
      throws IOException, InterruptedException {
    Deadline deadline = Deadline.in(VENV_LIMIT.plus(INSTALL_LIMIT));
    FileLock lock = channel.tryLock();
    if (lock == null) {
      progress.accept("Waiting for another process that installs %s: %s".formatted(name, log()));
    }
    while (lock == null) {
      if (deadline.hasPassed()) {
        throw new CannotRunException(
            "Another process has been installing %s for %d min; see %s. End it, and try again."
                .formatted(name, VENV_LIMIT.plus(INSTALL_LIMIT).toMinutes(), log()));
      }
      TimeUnit.MILLISECONDS.sleep(LOCK_POLL.toMillis());
      lock = channel.tryLock();
    }
    return lock;
  }

  private void checkDisk() throws IOException {
    long free = Files.getFileStore(folder.getParent()).getUsableSpace();
    if (free < NEEDED_DISK) {
      throw new CannotRunException(
          "2 GiB of disk are needed in %s to install %s; %d MiB are free. Make room there."
              .formatted(folder.getParent(), name, free >> 20));
    }
  }

  private void make() throws IOException, InterruptedException {
    Archives.delete(folder);
    Files.deleteIfExists(log());
    run(List.of(python.program(), "-m", "venv", folder.toString()), VENV_LIMIT);
    List<String> install =
        new ArrayList<>(
            List.of(
                python().toString(),
                "-m",
                "pip",
                "install",
                "--disable-pip-version-check",
                "--no-input",
                "--no-deps",
                "--require-hashes"));
    for (Path file : requirements) {
      install.addAll(List.of("--requirement", file.toString()));
    }
    run(install, INSTALL_LIMIT);
    Files.createFile(installed());
  }

  /** Dies with this process: two installs into one folder would ruin it. */
  private void run(List<String> command, Duration limit) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(Processes.dyingWithParent(command))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    ChildEnvironment.ofInstall(builder.environment());
    Process process = builder.start();
    boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
    if (!ended) {
      Processes.kill(process.toHandle());
    }
    if (!ended || process.exitValue() != 0) {
      throw new CannotRunException(
          ("%s could not be installed: %s. See %s. pip takes packages from where your own"
                  + " configuration of pip says (pip config list), directly or through a proxy that"
                  + " speaks HTTP (HTTPS_PROXY), not SOCKS; furnistream runs without Airflow and"
                  + " Superset with --profile core.")
              .formatted(
                  name,
                  ended
                      ? "pip or venv ended with status " + process.exitValue()
                      : "it took longer than %d min".formatted(limit.toMinutes()),
                  log()));
    }
  }

  private static String hash(List<Path> files) throws IOException {
    Fingerprint all = new Fingerprint();
    for (Path file : files) {
      all.of(file);
    }
    return all.text();
  }
}

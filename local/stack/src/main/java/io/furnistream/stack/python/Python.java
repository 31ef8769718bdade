package io.furnistream.stack.python;

import io.furnistream.stack.process.ChildEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A Python that Airflow, Superset and the gazetteer are installed with: 3.11 or 3.12, able to make
 * virtual environments.
 *
 * @param program its name on the PATH
 * @param version such as 3.11.2
 */
public record Python(String program, String version) {

  /** What to do when there is none. */
  static final String CURE =
      "Airflow, Superset and replay need Python 3.11 or 3.12 with its module venv, and none was found on"
          + " the PATH. Install one (Debian, Ubuntu: apt install python3 python3-venv; Fedora: dnf install"
          + " python3.12), or leave Airflow and Superset out with --profile core.";

  private static final List<String> NAMES = List.of("python3", "python3.12", "python3.11");
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Pattern SUITABLE = Pattern.compile("3\\.1[12]\\.\\d+");

  /** Debian packs ensurepip, without which there is no venv, apart from Python. */
  private static final String QUESTION =
      "import ensurepip, sys, venv; print('.'.join(map(str, sys.version_info[:3])))";

  /** The first suitable one on the PATH: the system's own, then 3.12, then 3.11. */
  static Optional<Python> find() throws IOException, InterruptedException {
    return find(NAMES);
  }

  /** The first suitable one of several programs. */
  static Optional<Python> find(List<String> names) throws IOException, InterruptedException {
    for (String name : names) {
      Optional<String> version = version(name);
      if (version.isPresent()) {
        return Optional.of(new Python(name, version.get()));
      }
    }
    return Optional.empty();
  }

  /** What every program in Python gets into its environment. */
  public static Map<String, String> environment() {
    return Map.of(
        // What is run is in the checkout, which must stay clean.
        "PYTHONDONTWRITEBYTECODE", "1",
        "PYTHONUNBUFFERED", "1",
        // A process that renames itself must not overwrite the environment it is found by.
        "SPT_NOENV", "1");
  }

  private static Optional<String> version(String program) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(program, "-c", QUESTION).redirectError(ProcessBuilder.Redirect.DISCARD);
    ChildEnvironment.ofInstall(builder.environment());
    Process process;
    try {
      process = builder.start();
    } catch (IOException notOnThePath) {
      return Optional.empty();
    }
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return Optional.empty();
    }
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return process.exitValue() == 0 && SUITABLE.matcher(printed).matches()
        ? Optional.of(printed)
        : Optional.empty();
  }
}

package io.furnistream.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.stack.Home;
import io.furnistream.stack.PythonEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the checks and tests that a folder has in Python, with what airflow/ pins for them. */
final class PythonTools {

  private static final Duration LIMIT = Duration.ofMinutes(30);

  private final Path folder;
  private final PythonEnvironment environment;

  private PythonTools(Path folder, PythonEnvironment environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /** For airflow/, with Airflow and the tools installed; what is there already is used. */
  static PythonTools inAirflow() throws Exception {
    return install(Home.fromSystemProperty().airflow());
  }

  /** For superset/, with the same tools; Superset itself is not among them. */
  static PythonTools inSuperset() throws Exception {
    return install(Home.fromSystemProperty().superset());
  }

  /** For superset/, as its server runs: with Superset, and without the tools. */
  static PythonTools ofSuperset() throws Exception {
    Home home = Home.fromSystemProperty();
    Path superset = home.superset();
    PythonEnvironment environment =
        PythonEnvironment.of(
            "superset",
            List.of(
                superset.resolve("requirements.txt"),
                superset.resolve("base_map/requirements.txt")),
            home.pythonEnvironments());
    environment.ensure(System.out::println);
    return new PythonTools(superset, environment);
  }

  private static PythonTools install(Path folder) throws Exception {
    Home home = Home.fromSystemProperty();
    Path airflow = home.airflow();
    PythonEnvironment environment =
        PythonEnvironment.of(
            "airflow-tests",
            List.of(airflow.resolve("requirements.txt"), airflow.resolve("requirements-test.txt")),
            home.pythonEnvironments());
    environment.ensure(System.out::println);
    return new PythonTools(folder, environment);
  }

  /** Runs a module in the folder, which must find no fault; prints what it printed. */
  void run(String module, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(environment.python().toString(), "-m", module));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("furnistream-", ".out");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    Process process = builder.start();
    boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    String printed = Files.readString(output);
    Files.delete(output);
    System.out.println(printed);
    assertThat(ended).as(module + " ended within " + LIMIT + ": " + printed).isTrue();
    assertThat(process.exitValue()).as(printed).isZero();
  }
}

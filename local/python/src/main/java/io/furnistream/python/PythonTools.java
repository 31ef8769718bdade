package io.furnistream.python;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.stack.python.PythonEnvironment;
import io.furnistream.stack.state.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the checks and tests that a folder has in Python, with what airflow/ pins for them. */
public final class PythonTools {

  private static final Duration LIMIT = Duration.ofMinutes(30);

  private final Path folder;
  private final PythonEnvironment environment;
  private final Map<String, String> variables;

  private PythonTools(Path folder, PythonEnvironment environment, Map<String, String> variables) {
    this.folder = folder;
    this.environment = environment;
    this.variables = variables;
  }

  /** For airflow/, with Airflow and the tools; what is installed already is used. */
  public static PythonTools inAirflow() throws Exception {
    return withTools(Home.fromSystemProperty().airflow());
  }

  /** For superset/, with the same; Superset itself is not among them. */
  public static PythonTools inSuperset() throws Exception {
    return withTools(Home.fromSystemProperty().superset());
  }

  /** For airflow/, as its components run: with Airflow, and without the tools. */
  public static PythonTools ofAirflow() throws Exception {
    return new PythonTools(Home.fromSystemProperty().airflow(), airflow(), Map.of());
  }

  /** For superset/, as its server runs: with Superset, and with pytest in addition. */
  public static PythonTools ofSuperset() throws Exception {
    Path superset = Home.fromSystemProperty().superset();
    PythonEnvironment server =
        ensured(
            "superset",
            List.of(
                superset.resolve("requirements.txt"),
                superset.resolve("base_map/requirements.txt")));
    PythonEnvironment pytest =
        ensured("pytest", List.of(superset.resolve("requirements-test.txt")));
    return new PythonTools(superset, server, packagesOf(pytest));
  }

  private static PythonTools withTools(Path folder) throws Exception {
    Path tools = Home.fromSystemProperty().airflow().resolve("requirements-test.txt");
    return new PythonTools(folder, airflow(), packagesOf(ensured("tools", List.of(tools))));
  }

  private static PythonEnvironment airflow() throws Exception {
    return ensured(
        "airflow", List.of(Home.fromSystemProperty().airflow().resolve("requirements.txt")));
  }

  /** Lets an interpreter have another environment's packages, too. */
  private static Map<String, String> packagesOf(PythonEnvironment other) throws IOException {
    return Map.of("PYTHONPATH", other.sitePackages().toString());
  }

  private static PythonEnvironment ensured(String name, List<Path> requirements) throws Exception {
    PythonEnvironment environment =
        PythonEnvironment.of(name, requirements, Home.fromSystemProperty().pythonEnvironments());
    environment.ensure(System.out::println);
    return environment;
  }

  /**
   * Runs a module in the folder, which must find no fault; prints what it printed.
   *
   * @throws AssertionError when it finds one, or does not end in half an hour
   */
  public void run(String module, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(environment.python().toString(), "-m", module));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("furnistream-", ".out");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    builder.environment().putAll(variables);
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

package io.furnistream.rollups.close;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * pyarrow, which shares no code with what wrote the files, in a virtual environment below target/
 * that is made anew when its requirements or its Python are others.
 */
final class PyArrow {

  private static final Path SOURCES = Path.of("src/test/python");
  private static final Path REQUIREMENTS = SOURCES.resolve("requirements.txt");
  private static final Path ENVIRONMENT = Path.of("target/pyarrow");
  private static final List<String> NAMES = List.of("python3.12", "python3.11", "python3");
  // What Debian puts into another package (ensurepip) is asked for, too.
  private static final String DESCRIBE =
      "import ensurepip, sys, venv; assert sys.version_info >= (3, 11); print(sys.version)";

  private final Path python;

  private PyArrow(Path python) {
    this.python = python;
  }

  static PyArrow install() throws IOException, InterruptedException {
    Path python = ENVIRONMENT.resolve("bin/python").toAbsolutePath();
    Path stamp = ENVIRONMENT.resolve("installed.txt");
    Interpreter interpreter = interpreter();
    String wanted = interpreter + "\n" + Files.readString(REQUIREMENTS);
    if (!Files.exists(stamp) || !Files.readString(stamp).equals(wanted)) {
      run(interpreter.name(), "-m", "venv", "--clear", ENVIRONMENT.toString());
      run(
          python.toString(),
          "-m",
          "pip",
          "install",
          "--quiet",
          "--require-hashes",
          "--only-binary=:all:",
          "--requirement",
          REQUIREMENTS.toString());
      Files.writeString(stamp, wanted);
    }
    return new PyArrow(python);
  }

  /** What pyarrow reads from each file; see read_files.py. */
  JsonNode read(Path... files) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(python.toString(), SOURCES.resolve("read_files.py").toString()));
    Arrays.stream(files).map(Path::toString).forEach(command::add);
    return new ObjectMapper().readTree(run(command.toArray(String[]::new)));
  }

  private static Interpreter interpreter() throws InterruptedException {
    for (String name : NAMES) {
      try {
        return new Interpreter(name, run(name, "-c", DESCRIBE));
      } catch (IOException e) {
        // Not this one: not there, too old, or without what makes environments.
      }
    }
    throw new AssertionError(
        """
        Python 3.11 or newer, with venv, is needed to read the files by pyarrow; none of %s is.
        Install it (Debian, Ubuntu: apt install python3 python3-venv; Fedora: dnf install python3)."""
            .formatted(NAMES));
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Path out = Files.createTempFile("pyarrow", ".out");
    Path err = Files.createTempFile("pyarrow", ".err");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(10, TimeUnit.MINUTES)) {
        process.destroyForcibly().waitFor();
      }
      if (process.exitValue() != 0) {
        throw new IOException(String.join(" ", command) + ": " + Files.readString(err));
      }
      return Files.readString(out);
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  private record Interpreter(String name, String version) {}
}

package io.furnistream.rollup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.stack.python.PythonEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** pyarrow, which shares no code with what wrote the files. */
final class PyArrow {

  private static final Path SOURCES = Path.of("src/test/python");
  private static final Path REQUIREMENTS = SOURCES.resolve("requirements.txt");
  private static final Path ENVIRONMENTS = Path.of("target/python").toAbsolutePath();

  private final Path python;

  private PyArrow(Path python) {
    this.python = python;
  }

  static PyArrow install() throws IOException, InterruptedException {
    PythonEnvironment environment =
        PythonEnvironment.of("pyarrow", List.of(REQUIREMENTS), ENVIRONMENTS);
    environment.ensure(System.out::println);
    return new PyArrow(environment.python());
  }

  /** What pyarrow reads from each file; see read_files.py. */
  JsonNode read(Path... files) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(python.toString(), SOURCES.resolve("read_files.py").toString()));
    Arrays.stream(files).map(Path::toString).forEach(command::add);
    Path out = Files.createTempFile("pyarrow", ".out");
    Path err = Files.createTempFile("pyarrow", ".err");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        process.destroyForcibly().waitFor();
      }
      if (process.exitValue() != 0) {
        throw new IOException(String.join(" ", command) + ": " + Files.readString(err));
      }
      return new ObjectMapper().readTree(Files.readString(out));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}

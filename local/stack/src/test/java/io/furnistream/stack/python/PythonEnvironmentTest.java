package io.furnistream.stack.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.furnistream.cli.CannotRunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When an environment is made, and when not: with the machine's Python, and without packages. */
class PythonEnvironmentTest {

  @TempDir private Path folder;
  private Path requirements;
  private final List<String> messages = new ArrayList<>();

  @BeforeEach
  void requireNothing() throws IOException {
    requirements = Files.writeString(folder.resolve("requirements.txt"), "# nothing\n");
  }

  private PythonEnvironment environment() throws IOException, InterruptedException {
    return PythonEnvironment.of("tool", List.of(requirements), folder.resolve("python"));
  }

  @Test
  void itIsMadeOnceAndAgainWhenItWasCutShort() throws Exception {
    PythonEnvironment made = environment();
    made.ensure(messages::add);
    assertThat(made.python()).isExecutable();
    assertThat(messages).singleElement().asString().contains("tool", made.log().toString());

    environment().ensure(messages::add);
    assertThat(messages).as("it was there").hasSize(1);

    Files.delete(made.installed());
    Path leftover = Files.createFile(made.python().resolveSibling("half"));
    environment().ensure(messages::add);
    assertThat(messages).hasSize(2);
    assertThat(leftover).doesNotExist();
    assertThat(made.installed()).exists();
  }

  @Test
  void otherRequirementsAreAnotherEnvironment() throws Exception {
    String before = environment().key();

    Files.writeString(requirements, "# nothing else\n");

    assertThat(environment().key()).isNotEqualTo(before).startsWith("tool-");
  }

  @Test
  void aPackageWithoutItsHashIsRefusedAndTheLogNamed() throws Exception {
    Files.writeString(requirements, "six==1.17.0\n");
    PythonEnvironment environment = environment();

    assertThatThrownBy(() -> environment.ensure(messages::add))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining(environment.log().toString())
        .hasMessageContaining("--profile core");
    assertThat(environment.log()).content().contains("--hash");
    assertThat(environment.installed()).doesNotExist();
  }

  @Test
  void aPythonOfAnotherVersionIsPassedOver() throws Exception {
    String old = interpreter("old", "echo 3.10.9");
    String tooNew = interpreter("new", "echo 3.13.1");
    String withoutVenv = interpreter("bare", "exit 1");
    String right = interpreter("right", "echo 3.12.4");

    assertThat(Python.find(List.of("no-such-program", old, tooNew, withoutVenv, right)))
        .contains(new Python(right, "3.12.4"));
    assertThat(Python.find(List.of(old, tooNew, withoutVenv))).isEmpty();
  }

  private String interpreter(String name, String script) throws IOException {
    Path program = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return program.toString();
  }
}

package io.furnistream.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the {@code furnistream} script finds missing before it builds: on a machine that lacks it.
 */
class LauncherTest {

  /** The programs that the script itself uses; every Linux has them. */
  private static final List<String> TOOLS =
      List.of("bash", "uname", "dirname", "readlink", "grep", "sed", "sort", "head", "df", "awk");

  private static final int LIMIT_SECONDS = 30;

  @TempDir private Path machine;
  private final Path javaHome = Path.of(System.getProperty("java.home"));

  @BeforeEach
  void installTools() throws IOException {
    for (String tool : TOOLS) {
      Path program = Path.of("/usr/bin", tool);
      Files.createSymbolicLink(
          machine.resolve(tool), Files.exists(program) ? program : Path.of("/bin", tool));
    }
  }

  @Test
  void aMissingMavenIsNamedWithItsCure() throws Exception {
    assertThat(furnistream()).contains("Maven 3.8", "not found", "apt install maven");
  }

  @Test
  void anOldMavenIsNamedWithItsVersion() throws Exception {
    install("mvn", "echo 'Apache Maven 3.6.3 (cecedd343002696d0abb50b32b541b8a6ba2883f)'");

    assertThat(furnistream()).contains("Maven 3.8 or newer is needed", "3.6");
  }

  @Test
  void optionsThatMavenDoesNotTakeAreNamed() throws Exception {
    install("mvn", "echo 'Error: Could not create the Java Virtual Machine.' >&2; exit 1");

    assertThat(furnistream()).contains("MAVEN_OPTS", "Could not create the Java Virtual Machine");
  }

  @Test
  void aFullDiskIsNamed() throws Exception {
    install("mvn", "echo 'Apache Maven 3.10.1'");
    Files.delete(machine.resolve("df"));
    install("df", "printf 'Filesystem blocks used free\\n/dev/x 100 90 10240\\n'");

    assertThat(furnistream()).contains("2 GiB of disk", "10 MiB are free", "Make room");
  }

  private void install(String name, String script) throws IOException {
    Path program =
        Files.writeString(machine.resolve(name), "#!/usr/bin/env bash\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Runs {@code furnistream test} there, which must refuse. */
  private String furnistream() throws IOException, InterruptedException {
    Path home = Path.of(System.getProperty("furnistream.home"));
    ProcessBuilder builder =
        new ProcessBuilder(home.resolve("furnistream").toString(), "test")
            .redirectErrorStream(true);
    builder.environment().put("PATH", machine.toString());
    builder.environment().put("JAVA_HOME", javaHome.toString());
    Process process = builder.start();
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(printed).isEqualTo(2);
    return printed;
  }
}

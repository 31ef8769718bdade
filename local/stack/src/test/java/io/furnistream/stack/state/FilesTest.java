package io.furnistream.stack.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.furnistream.cli.CannotRunException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the stack writes and reads in its state folder. */
class FilesTest {

  @TempDir private Path folder;

  @Test
  void secretsAreMadeOnceAndOnlyTheirOwnerCanReadThem() throws IOException {
    Path file = folder.resolve("secrets.env");

    Secrets made = Secrets.read(file);
    made.ensurePassword("A_PASSWORD");
    made.ensureKey("A_KEY", 64);
    made.ensurePaddedKey("A_PADDED_KEY", 32);
    made.save();
    Secrets read = Secrets.read(file);
    read.ensurePassword("A_PASSWORD");
    read.ensurePassword("ANOTHER_PASSWORD");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readAllLines(file))
        .hasSize(3)
        .contains("A_PASSWORD=" + made.get("A_PASSWORD"));
    assertThat(made.get("A_PASSWORD")).hasSize(32).isEqualTo(read.get("A_PASSWORD"));
    assertThat(read.get("ANOTHER_PASSWORD")).isNotEqualTo(read.get("A_PASSWORD"));
    assertThat(Base64.getUrlDecoder().decode(read.get("A_KEY"))).hasSize(64);
    assertThat(read.get("A_PADDED_KEY")).hasSize(44).endsWith("=");
    assertThatThrownBy(() -> read.get("A_SECRET_OF_NO_SERVICE"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("A_SECRET_OF_NO_SERVICE");
  }

  @Test
  void secretsThatHaveNotChangedAreNotWritten() throws IOException {
    Path file = folder.resolve("secrets.env");
    Secrets made = Secrets.read(file);
    made.ensurePassword("A_PASSWORD");
    made.save();
    Files.delete(file);

    made.ensurePassword("A_PASSWORD");
    made.save();

    assertThat(file).doesNotExist();
  }

  @Test
  void aSecretsFileThatCannotBeReadIsNamedWithItsLine() throws IOException {
    Path file = folder.resolve("secrets.env");
    Files.writeString(file, "POSTGRES_ADMIN_PASSWORD=abc\nnonsense\n");

    assertThatThrownBy(() -> Secrets.read(file))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("secrets.env, line 2")
        .hasMessageNotContaining("abc");
  }

  @Test
  void aLogThatGrewIsCutAndItsTextKept() throws IOException {
    Path log = folder.resolve("kafka.log");
    byte[] text = "a line of the log\n".repeat(2_000_000).getBytes(StandardCharsets.UTF_8);
    Files.write(log, text);

    LogFiles.rotate(log);

    assertThat(log).isEmptyFile();
    assertThat(folder.resolve("kafka.log.1")).hasSize(text.length);
    Files.writeString(log, "short");
    LogFiles.rotate(log);
    assertThat(log).hasContent("short");
  }

  @Test
  void logsAreReadableOnlyByTheirAccount() throws IOException {
    StateFolder state = new StateFolder(folder.resolve("state"));
    state.create();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.logs())))
        .isEqualTo("rwx------");
  }

  @Test
  void anOffsetThatPortsCannotBeMovedByIsRefused() {
    assertThat(new Ports(10_000).at(9092)).isEqualTo(19_092);
    assertThatThrownBy(() -> new Ports(Ports.MAX_OFFSET + 1))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("--port-offset");
  }
}

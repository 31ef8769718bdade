package io.furnistream.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a folder remembers of its stack. */
class StackTest {

  @TempDir private Path folder;

  @Test
  void theProfileIsRememberedAndFullByDefault() throws IOException {
    StateFolder state = new StateFolder(folder);
    assertThat(Stack.rememberedProfile(state)).isEqualTo(Profile.FULL);

    Files.writeString(state.settings(), "{\"port_offset\":7,\"profile\":\"core\"}");
    assertThat(Stack.rememberedProfile(state)).isEqualTo(Profile.CORE);
    assertThat(Stack.rememberedPorts(state).offset()).isEqualTo(7);

    Files.writeString(state.settings(), "{\"port_offset\":7}");
    assertThat(Stack.rememberedProfile(state))
        .as("started before there were profiles")
        .isEqualTo(Profile.CORE);
  }
}

package io.furnistream.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.furnistream.cli.CannotRunException;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
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

  @Test
  void aSingleStackDoesNotBecomeAClusterNorTheOtherWayRound() throws IOException {
    StateFolder state = new StateFolder(folder);
    StackControl control = new StackControl(new Home(folder), state);

    Files.writeString(state.settings(), "{\"port_offset\":7,\"profile\":\"core\"}");
    assertThatThrownBy(() -> up(control, Profile.CLUSTER))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("is of the profile core")
        .hasMessageEndingWith("Give another --state for the profile cluster.");

    Files.writeString(state.settings(), "{\"port_offset\":7,\"profile\":\"cluster\"}");
    assertThat(Stack.rememberedProfile(state)).isEqualTo(Profile.CLUSTER);
    assertThatThrownBy(() -> up(control, Profile.FULL))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("is of the profile cluster");
  }

  private static void up(StackControl control, Profile profile) throws Exception {
    control.up(new Ports(7), profile, ready -> {}, installing -> {});
  }
}

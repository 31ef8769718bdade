package io.furnistream.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.stack.state.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What {@code --help} prints of each command there is. */
class HelpTest {

  /** Stands in a help text as it is. */
  private static final String CONFIG_PROVIDER = "${env:NAME}";

  static Stream<CommandLine> commands() {
    return withSubcommands(Furnistream.commandLine(new Home(Path.of("/nowhere"))));
  }

  private static Stream<CommandLine> withSubcommands(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().flatMap(HelpTest::withSubcommands));
  }

  /** A variable that is not there becomes the word null, and one that picocli cannot read stays. */
  @ParameterizedTest
  @MethodSource("commands")
  void noTextHoldsAVariableThatWasNotResolved(CommandLine command) {
    assertThat(command.getUsageMessage().replace(CONFIG_PROVIDER, ""))
        .startsWith("Usage: ")
        .doesNotContain("null", "${");
  }

  @Test
  void previewSaysWhereVariablesComeFrom() {
    assertThat(
            Furnistream.commandLine(new Home(Path.of("/nowhere")))
                .getSubcommands()
                .get("preview")
                .getUsageMessage())
        .contains("${env:NAME} in a transform's properties");
  }

  @Test
  void theVersionIsThatOfTheRootPom() throws Exception {
    String pom = Files.readString(Path.of(System.getProperty("furnistream.home"), "pom.xml"));
    Matcher version = Pattern.compile("<version>(.+)</version>").matcher(pom);
    assertThat(version.find()).isTrue();
    assertThat(Furnistream.commandLine(new Home(Path.of("/nowhere"))).getCommandSpec().version())
        .containsExactly("furnistream " + version.group(1));
  }
}

package io.furnistream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What the operator of a cluster is told to run is there, in the program that reaches one. */
class ClusterCommandsTest {

  private static final Path ROOT = Path.of("..");

  /** Not {@code ./furnistream}, which is for the stack of a checkout. */
  private static final Pattern COMMAND =
      Pattern.compile("(?<![/\\w-])furnistream(?:-jobs\\.jar)? ([a-z][a-z-]*)(?: ([a-z]+))?");

  private static List<List<String>> commands(String text) {
    Matcher matcher = COMMAND.matcher(text);
    List<List<String>> commands = new ArrayList<>();
    while (matcher.find()) {
      // Two words of a sentence are no command: the first says whether it has any of its own.
      commands.add(
          matcher.group(2) == null
              ? List.of(matcher.group(1))
              : List.of(matcher.group(1), matcher.group(2)));
    }
    return commands;
  }

  private static boolean exists(List<String> words) {
    CommandLine job = Jobs.commandLine(Map.of()).getSubcommands().get(words.get(0));
    return job != null
        && (job.getSubcommands().isEmpty()
            || words.size() == 1
            || job.getSubcommands().containsKey(words.get(1)));
  }

  @ParameterizedTest
  @CsvSource({
    "docs/production.md, provision, verify",
    "monitoring/alerts.yaml, connectors, verify"
  })
  void everyCommandOfAPageForClustersIsAJob(String page, String one, String another)
      throws IOException {
    List<List<String>> commands = commands(Files.readString(ROOT.resolve(page)));

    assertThat(commands).extracting(words -> words.get(0)).contains(one, another);
    assertThat(commands).allMatch(ClusterCommandsTest::exists);
  }

  @Test
  void aCommandThatIsOfTheEmbeddedStackOnlyIsSeen() {
    assertThat(commands("`furnistream aggregates reset`, then furnistream connectors heal."))
        .hasSize(2)
        .noneMatch(ClusterCommandsTest::exists);
    assertThat(commands("`./furnistream up`, the group furnistream-aggregates-2")).isEmpty();
  }
}

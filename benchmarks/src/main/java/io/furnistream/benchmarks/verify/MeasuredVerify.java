package io.furnistream.benchmarks.verify;

import io.furnistream.benchmarks.MeasuredProcess;
import io.furnistream.cli.Commands;
import io.furnistream.cli.Endpoints;
import io.furnistream.stack.state.Home;
import io.furnistream.stores.landing.CaughtUpCommand;
import io.furnistream.verify.VerifyCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code verify} and {@code caught-up} as the command runs them; says what they took, too. */
@Command
public final class MeasuredVerify {

  private MeasuredVerify() {}

  /**
   * Arguments: a folder for what was read and for closed days, then those of {@code furnistream}.
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    String[] command = Arrays.copyOfRange(args, 1, args.length);
    int status =
        Commands.commandLine(
                new MeasuredVerify(),
                new CaughtUpCommand(() -> Endpoints.fromEnvironment(System.getenv())),
                new VerifyCommand(
                    () -> Endpoints.fromEnvironment(System.getenv()),
                    () -> folder.resolve("export"),
                    () -> Optional.of(Home.fromSystemProperty().reference()),
                    () -> Optional.of(folder.resolve("verify"))))
            .execute(command);
    MeasuredProcess.end(status);
  }
}

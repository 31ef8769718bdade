package io.furnistream.datagen;

import io.furnistream.cli.Commands;
import io.furnistream.cli.Endpoints;
import io.furnistream.cli.StopSignal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The generator as a program of its own, for places without the {@code furnistream} command: a
 * container, a job of Airflow. Endpoints come from the environment.
 */
@Command(name = "datagen", description = "Produces the store's sales into Kafka.")
public final class Datagen {

  private Datagen() {}

  /** Runs {@code datagen generate …} and ends the JVM with its exit status. */
  public static void main(String[] args) {
    StopSignal.exitWith(() -> commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return Commands.commandLine(
        new Datagen(), new GenerateCommand(() -> Endpoints.fromEnvironment(System.getenv())));
  }
}

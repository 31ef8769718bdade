package io.furnistream.command;

import io.furnistream.stack.Profile;
import io.furnistream.stack.Stack;
import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import picocli.CommandLine.Option;

/** {@code --profile}: how much of the stack is to run. */
final class ProfileOption {

  @Option(
      names = "--profile",
      paramLabel = "core|full|cluster",
      description =
          "full runs all; core leaves Airflow and Superset out; cluster is core with three brokers, three"
              + " Cassandra nodes, two Connect workers and two aggregates, for 10 GB of memory."
              + " Default: as the stack was last started, else full.")
  private Profile profile;

  /** The profile asked for, else the one that the stack of a folder was last started with. */
  Profile in(StateFolder folder) throws IOException {
    return profile == null ? Stack.rememberedProfile(folder) : profile;
  }
}

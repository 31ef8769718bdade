package io.furnistream.datagen.sink;

import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that ask for a file instead of Kafka: a mixin. */
public final class SinkOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--sink",
      paramLabel = "FILE",
      description = {
        "Writes to this file instead of Kafka, with no stack: a name that ends in .parquet, .avro or",
        ".csv; - writes CSV to standard output, and the summary to standard error."
      })
  private String sink;

  @Option(names = "--overwrite", description = "Replaces the file of --sink when it is there.")
  private boolean overwrite;

  /**
   * Where to write to; empty for Kafka.
   *
   * @throws ParameterException when the name does not say which format, or an option lacks another
   */
  public Optional<SinkTarget> target() {
    if (sink == null) {
      if (overwrite) {
        throw new ParameterException(
            command.commandLine(), "--overwrite goes with --sink: add it, or leave this out");
      }
      return Optional.empty();
    }
    return Optional.of(
        SinkTarget.of(sink, overwrite)
            .orElseThrow(
                () ->
                    new ParameterException(
                        command.commandLine(),
                        "--sink is a file whose name ends in .parquet, .avro or .csv, or - for CSV on standard output, not '"
                            + sink
                            + "'")));
  }
}

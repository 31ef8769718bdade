package io.furnistream.preview;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Endpoints;
import io.furnistream.cli.ExitStatus;
import io.furnistream.connectors.secrets.Secrets;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.kafka.connect.sink.SinkRecord;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code furnistream preview}. */
@Command(
    name = "preview",
    description = {
      "Shows what a sink connector's transforms do to a record, step by step, without a worker, and"
          + " which columns it then fits.",
      // Doubled, or picocli would put the variable itself here.
      "$${env:NAME} in a transform's properties is taken from this process's environment. Exit status"
          + " 1 when a record fails or lacks a field that a column asks for."
    })
public final class PreviewCommand implements Callable<Integer> {

  private final Supplier<List<Path>> pluginFolders;
  private final Supplier<Endpoints> endpoints;
  private final Supplier<Map<String, String>> environment;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "CONNECTOR.json", description = "As the files in connectors/.")
  private Path connectorFile;

  @ArgGroup(multiplicity = "1")
  private Source source;

  @Option(names = "--json", description = "Prints one JSON document.")
  private boolean json;

  /**
   * The command.
   *
   * @param pluginFolders as in the worker's {@code plugin.path}
   * @param endpoints where the stack answers; used only with {@code --topic}
   * @param environment what <code>${env:NAME}</code> is replaced from; read when the command runs
   */
  public PreviewCommand(
      Supplier<List<Path>> pluginFolders,
      Supplier<Endpoints> endpoints,
      Supplier<Map<String, String>> environment) {
    this.pluginFolders = pluginFolders;
    this.endpoints = endpoints;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    source.check();
    Map<String, String> variables = environment.get();
    Secrets secrets = Secrets.of(variables, Pattern.compile(Secrets.DEFAULT_VARIABLES));
    try {
      return show(ConnectorFile.read(connectorFile, variables), secrets);
    } catch (CannotRunException e) {
      throw new CannotRunException(secrets.hide(e.getMessage()), e.getCause());
    }
  }

  private int show(ConnectorFile connector, Secrets secrets) {
    List<Preview> previews = new ArrayList<>();
    Samples samples;
    try (Chain chain = new Chain(connector.config(), pluginFolders.get())) {
      samples = samples(connector);
      for (Sample sample : samples.records()) {
        previews.add(preview(sample, chain, connector));
      }
    }
    StringWriter text = new StringWriter();
    PrintWriter report = new PrintWriter(text);
    if (json) {
      report.println(JsonReport.of(connector, previews, samples.more()));
    } else {
      new TextReport(connector, report).print(previews, samples.more());
    }
    report.flush();
    // A property of a transform that is not a password may have been given a secret all the same.
    spec.commandLine().getOut().print(secrets.hide(text.toString()));
    spec.commandLine().getOut().flush();
    return previews.stream().allMatch(preview -> preview.lands() || preview.dropped())
        ? ExitStatus.DONE
        : ExitStatus.ANSWER_IS_NO;
  }

  private static Preview preview(Sample sample, Chain chain, ConnectorFile connector) {
    if (sample.refused() != null) {
      return new Preview(sample.record(), List.of(sample.refused()), null, List.of());
    }
    List<Step> steps = new ArrayList<>();
    SinkRecord after = chain.apply(sample.record(), steps);
    return new Preview(
        sample.record(), steps, after, after == null ? List.of() : TableFits.of(connector, after));
  }

  private Samples samples(ConnectorFile connector) {
    Reading reading = Reading.of(connector);
    return source.file == null
        ? new Samples(
            new SampleTopic(endpoints.get(), source.newest.topic, reading.headers())
                .last(source.newest.last),
            false)
        : new SampleFile(source.file, reading).read();
  }

  private static final class Source {

    @Option(
        names = "--sample",
        paramLabel = "FILE",
        description =
            "Avro container file, or JSON: {\"topic\": …, \"timestamp\": …, \"headers\": …,"
                + " \"key\": …, \"value\": …}, one, a list, or a line each; or what kcat -J prints."
                + " The first 100 records are shown.")
    private Path file;

    @ArgGroup(exclusive = false)
    private Newest newest;

    void check() {
      if (newest != null && (newest.last < 1 || newest.last > Samples.MOST)) {
        throw new CannotRunException(
            "--last takes 1 to %d, not %d".formatted(Samples.MOST, newest.last));
      }
    }
  }

  private static final class Newest {

    @Option(
        names = "--topic",
        paramLabel = "TOPIC",
        required = true,
        description = "Takes the newest records of a topic of the running stack.")
    private String topic;

    @Option(
        names = "--last",
        paramLabel = "N",
        description = "How many of them: 1 to 100. Default: 1.")
    private int last = 1;
  }
}

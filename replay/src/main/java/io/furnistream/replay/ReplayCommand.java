package io.furnistream.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.furnistream.cli.Endpoints;
import io.furnistream.cli.ExitStatus;
import io.furnistream.cli.Reporting;
import io.furnistream.cli.StoreZone;
import io.furnistream.cli.WrongInputException;
import io.furnistream.replay.mapping.Mapping;
import io.furnistream.replay.mapping.MappingException;
import io.furnistream.replay.places.Gazetteer;
import io.furnistream.replay.places.Places;
import io.furnistream.replay.run.ReplayRun;
import io.furnistream.replay.run.ReplaySummary;
import io.furnistream.replay.suggest.Suggester;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay}: takes files of sales as a dataset. */
@Command(
    name = "replay",
    description = {
      "Takes the sales in files (CSV, gzipped CSV, Parquet) as the store's, by a mapping.",
      "To replay a file again changes nothing; a corrected file updates its lines."
    })
public final class ReplayCommand implements Callable<Integer>, Reporting {

  private static final Pattern SPEED = Pattern.compile("[1-9][0-9]{0,7}x");
  private static final Pattern DATASET = Pattern.compile("[a-z0-9][a-z0-9-]{0,99}");

  private final Supplier<Endpoints> endpoints;
  private final Supplier<Optional<Path>> gazetteer;

  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private Task task;

  /** What is done with the files. */
  private static final class Task {

    @Option(
        names = "--mapping",
        paramLabel = "M",
        description = "superstore, kaggle-sales, or a file: how rows become sales.")
    private String mapping;

    @Option(
        names = "--suggest",
        description = "Print a mapping for the file to start from, and replay nothing.")
    private boolean suggest;
  }

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description =
          "Lower-case letters, digits and hyphens; the mapping's name unless given. Files that are"
              + " replayed under the same name correct each other.")
  private String dataset;

  @Option(
      names = "--replace",
      description = "Take back the dataset's lines that are not in these files.")
  private boolean replace;

  @Option(
      names = "--strict",
      description = "End at the first row that is not a sale, before anything is written.")
  private boolean strict;

  @Option(
      names = "--speed",
      paramLabel = "60x",
      description =
          "Let the sales come as far apart as they were, so many times faster: 60x makes a minute a"
              + " second, 86400x a day.")
  private String speed;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "Count the dataset's days that were completed since then, such as 2026-11-29T14:00:00Z,"
              + " among the changed days too: for a scheduler whose earlier try was killed.")
  private Instant since;

  @Option(
      names = "--dry-run",
      description = "Read and count, and write nothing but FILE.rejected.csv.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print the summary as one JSON document.")
  private boolean json;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of one and the same form.")
  private List<Path> files;

  @SuppressWarnings("UnusedVariable") // picocli prints the help
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this help.")
  private boolean help;

  private JsonNode document;

  /**
   * The command.
   *
   * @param endpoints where the stack answers; asked for only when something is to be written
   * @param gazetteer folder of the packages by which cities are known; empty for none
   */
  public ReplayCommand(Supplier<Endpoints> endpoints, Supplier<Optional<Path>> gazetteer) {
    this.endpoints = endpoints;
    this.gazetteer = gazetteer;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (task.suggest) {
      suggest(out);
    } else {
      replay(out);
    }
    out.flush();
    return ExitStatus.DONE;
  }

  private void suggest(PrintWriter out) {
    if (files.size() != 1) {
      throw new ParameterException(spec.commandLine(), "--suggest looks at one file");
    }
    out.print(Suggester.suggest(files.get(0)));
  }

  private void replay(PrintWriter out) {
    String mapping = task.mapping;
    Mapping read = readMapping(mapping);
    String name = dataset == null ? Mappings.nameOf(mapping) : dataset;
    if (!DATASET.matcher(name).matches()) {
      throw new ParameterException(
          spec.commandLine(),
          "a dataset's name is made of lower-case letters, digits and hyphens, unlike '%s': name one with --dataset"
              .formatted(name));
    }
    ReplayRun.Options options =
        new ReplayRun.Options(
            name,
            Mappings.nameOf(mapping),
            replace,
            strict,
            dryRun,
            speed(),
            since == null ? Instant.MAX : since,
            Path.of(System.getProperty("java.io.tmpdir")));
    ReplaySummary summary =
        new ReplayRun(options, read, places(), StoreZone.fromEnvironment(System.getenv()))
            .replay(files, endpoints);
    document = summary.json();
    out.println(json ? document.toPrettyString() : summary.text());
  }

  private long speed() {
    if (speed == null) {
      return 0;
    }
    if (!SPEED.matcher(speed).matches()) {
      throw new ParameterException(
          spec.commandLine(), "--speed is 1x to 99999999x, such as 60x, not '%s'".formatted(speed));
    }
    return Long.parseLong(speed.substring(0, speed.length() - 1));
  }

  private Places places() {
    return gazetteer.get().<Places>map(Gazetteer::read).orElse(Places.NONE);
  }

  private static Mapping readMapping(String mapping) {
    try {
      return Mappings.read(mapping);
    } catch (MappingException e) {
      throw new WrongInputException(e.getMessage(), e);
    }
  }

  @Override
  public JsonNode report() {
    return document;
  }
}

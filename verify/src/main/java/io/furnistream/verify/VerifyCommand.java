package io.furnistream.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Endpoints;
import io.furnistream.cli.ExitStatus;
import io.furnistream.cli.ExportOption;
import io.furnistream.cli.OptionalDayOptions;
import io.furnistream.cli.Reporting;
import io.furnistream.cli.TimeoutOption;
import io.furnistream.verify.records.AllowedRefusals;
import io.furnistream.verify.report.HtmlReport;
import io.furnistream.verify.report.JsonReport;
import io.furnistream.verify.report.Report;
import io.furnistream.verify.report.TextReport;
import io.furnistream.verify.report.Verdict;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Compares the ledger with every store, and says whether the numbers are proved. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Waits until the sinks have caught up, then compares the ledger with Kafka, Cassandra,"
          + " PostgreSQL and the closed days' Parquet files, day by day: records, quantity, revenue,"
          + " profit, distinct customers, ids.",
      "Ends with 0 when all agree, with 1 when something differs, naming day, store, column and"
          + " difference, or when records are refused that no run announced. Either verdict is"
          + " recorded in the topic proofs, and stands on Superset's Store live."
    })
public final class VerifyCommand implements Callable<Integer>, Reporting {

  private static final String REGIONS = "regions.csv";

  private final Supplier<Endpoints> endpoints;
  private final Supplier<Path> exportFolder;
  private final Supplier<Optional<Path>> referenceFolder;
  private final Supplier<Optional<Path>> folder;

  @Spec private CommandSpec spec;

  @Mixin
  private final OptionalDayOptions days =
      new OptionalDayOptions(DayRange.ALL.from(), DayRange.ALL.to());

  @Mixin private ExportOption export;

  @Option(
      names = "--from-scratch",
      description =
          "Reads all of Kafka again, instead of going on behind what an earlier verify has read.")
  private boolean fromScratch;

  @Option(
      names = "--reference",
      paramLabel = "FOLDER",
      description =
          "The folder of regions.csv, as the Connect workers have it. Default: that of this installation.")
  private Path reference;

  @Option(
      names = "--allow-refused",
      paramLabel = "N|N%",
      defaultValue = "0",
      converter = AllowedRefusalsConverter.class,
      description = {
        "How many records may be refused that no run announced: a number, or a share of the records"
            + " of these days, such as 0.5%%. More end with 1. Default: none."
      })
  private AllowedRefusals allowed;

  @Option(names = "--json", description = "Print one JSON document instead of the table.")
  private boolean json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Also write the report to this file, as one page that needs nothing else.")
  private Path html;

  @Mixin private final TimeoutOption timeout = new TimeoutOption(120);

  private JsonNode document;

  /**
   * The command.
   *
   * @param endpoints where the stack answers; asked when the command runs
   * @param exportFolder where days are closed into unless an option says otherwise; asked when the
   *     command runs
   * @param referenceFolder where the tables are that the connectors look up in, if that is known;
   *     asked when the command runs
   * @param folder where what was read of Kafka is kept for the next time; empty to keep nothing;
   *     asked when the command runs
   */
  public VerifyCommand(
      Supplier<Endpoints> endpoints,
      Supplier<Path> exportFolder,
      Supplier<Optional<Path>> referenceFolder,
      Supplier<Optional<Path>> folder) {
    this.referenceFolder = referenceFolder;
    this.folder = folder;
    this.endpoints = endpoints;
    this.exportFolder = exportFolder;
  }

  @Override
  public Integer call() {
    days.requireOrder();
    Duration limit = timeout.limit();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Endpoints stack = endpoints.get();
    DayRange range = new DayRange(days.from(), days.to());
    Report report =
        new Verification(
                stack,
                export.folder(exportFolder),
                new DatabaseFile(folder.get(), fromScratch),
                regions(),
                range,
                allowed,
                limit,
                err)
            .run();
    JsonReport asJson = new JsonReport(report);
    document = asJson.document();
    if (json) {
      out.println(asJson.text());
    } else {
      new TextReport(report).lines().forEach(out::println);
    }
    out.flush();
    for (Problem problem : report.problems()) {
      err.println(problem.inWords());
    }
    err.flush();
    if (html != null) {
      write(new HtmlReport(report, Instant.now()).text());
    }
    new VerdictRecorder(stack, Clock.systemUTC()).record(Verdict.of(report, range));
    return report.ok() ? ExitStatus.DONE : ExitStatus.ANSWER_IS_NO;
  }

  private static final class AllowedRefusalsConverter implements ITypeConverter<AllowedRefusals> {

    @Override
    public AllowedRefusals convert(String text) {
      try {
        return AllowedRefusals.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  private void write(String page) {
    try {
      Files.writeString(html, page);
    } catch (IOException e) {
      throw new CannotRunException(
          "The report cannot be written to %s (%s). Name another file with --html."
              .formatted(html, e),
          e);
    }
  }

  private Optional<Path> regions() {
    if (reference != null && !Files.isRegularFile(reference.resolve(REGIONS))) {
      throw new ParameterException(
          spec.commandLine(), "--reference: there is no " + reference.resolve(REGIONS));
    }
    return Optional.ofNullable(reference)
        .or(referenceFolder)
        .map(each -> each.resolve(REGIONS))
        .filter(Files::isRegularFile);
  }

  @Override
  public JsonNode report() {
    return document;
  }
}

package io.furnistream.datagen;

import com.fasterxml.jackson.databind.JsonNode;
import io.furnistream.cli.DayOptions;
import io.furnistream.cli.Endpoints;
import io.furnistream.cli.ExitStatus;
import io.furnistream.cli.Reporting;
import io.furnistream.cli.StopSignal;
import io.furnistream.cli.Stopwatch;
import io.furnistream.cli.StoreName;
import io.furnistream.cli.StoreZone;
import io.furnistream.datagen.faults.FaultOptions;
import io.furnistream.datagen.faults.FaultShares;
import io.furnistream.datagen.live.LiveOptions;
import io.furnistream.datagen.live.LiveRun;
import io.furnistream.datagen.live.LiveSummary;
import io.furnistream.datagen.sales.Dataset;
import io.furnistream.datagen.sales.LiveDataset;
import io.furnistream.datagen.sink.SinkOptions;
import io.furnistream.datagen.sink.SinkTarget;
import io.furnistream.datagen.store.Store;
import io.furnistream.datagen.store.StoreFile;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code generate}: produces days of a dataset. Arguments are checked before anything is asked of
 * the stack.
 */
@Command(
    name = "generate",
    description = {
      "Generates the store's sales and writes them to Kafka, or with --sink to a file.",
      "The same arguments give the same records everywhere; generating a day again replaces it.",
      "One call takes at most " + GenerateCommand.MAX_DAYS + " days; --live has no end."
    })
public final class GenerateCommand implements Callable<Integer>, Reporting {

  /** Most days in one call: ten years. */
  static final int MAX_DAYS = 3_660;

  /** In every zone, the first day whose times the rules of a sale take. */
  static final LocalDate FIRST_DAY = LocalDate.of(1970, 1, 3);

  /** In every zone, the last day whose times the rules of a sale take. */
  static final LocalDate LAST_DAY = LocalDate.of(2199, 12, 30);

  private final Supplier<Endpoints> endpoints;

  @Spec private CommandSpec spec;

  @Mixin private DayOptions days;

  @Mixin private VolumeOptions volume;

  @Mixin private LiveOptions live;

  @Option(
      names = "--store",
      paramLabel = "STORE",
      description =
          "furniture, clothing, or a file as docs/store-file.md describes; default: what "
              + StoreName.VARIABLE
              + " names, else "
              + StoreName.DEFAULT
              + ".")
  private String store;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Any whole number: another seed is another dataset, default ${DEFAULT-VALUE}.")
  private long seed;

  @Mixin private FaultOptions faults;

  @Mixin private SinkOptions sink;

  @Option(names = "--json", description = "Print the summary as one JSON document.")
  private boolean json;

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
   * @param endpoints where the stack answers; asked for only once the arguments are sound
   */
  public GenerateCommand(Supplier<Endpoints> endpoints) {
    this.endpoints = endpoints;
  }

  @Override
  public Integer call() {
    volume.requireSound();
    live.requireSound(volume.isModelled());
    return live.isLive() ? followNow() : produceDays();
  }

  private int followNow() {
    requireOnlyLive();
    Store who = store();
    LiveDataset dataset =
        volume.isModelled()
            ? new LiveDataset(who, seed, true, volume.modelledLines(who.demand()))
            : live.atRate(who, seed);
    PrintWriter err = spec.commandLine().getErr();
    LiveRun run =
        new LiveRun(
            dataset,
            endpoints.get(),
            Clock.systemUTC(),
            Stopwatch.start(),
            StopSignal.ofProcess(),
            line -> {
              err.println(line);
              err.flush();
            });
    LiveSummary summary = run.produce();
    print(spec.commandLine().getOut(), summary.json(), summary.text());
    return ExitStatus.DONE;
  }

  private int produceDays() {
    requireSoundDays();
    FaultShares shares = faults.shares();
    Optional<SinkTarget> target = sink.target();
    require(
        target.isEmpty() || shares.isNone(),
        "--sink takes no faults, which are of the way to Kafka: leave out " + shares.arguments());
    Store who = store();
    Dataset dataset = new Dataset(who, seed, volume.of(who.demand()), shares);
    RunSummary summary =
        target
            .map(to -> new SinkRun(dataset, to).produce(days.from(), days.to()))
            .orElseGet(() -> produce(dataset));
    print(summaryTo(target), summary.json(), summary.text());
    return ExitStatus.DONE;
  }

  private Store store() {
    Map<String, String> environment = System.getenv();
    return StoreFile.read(
        store == null ? StoreName.fromEnvironment(environment) : store,
        StoreZone.fromEnvironment(environment));
  }

  private void print(PrintWriter out, JsonNode summary, String text) {
    document = summary;
    out.println(json ? document.toPrettyString() : text);
    out.flush();
  }

  private PrintWriter summaryTo(Optional<SinkTarget> target) {
    boolean taken = target.map(SinkTarget::isStandardOutput).orElse(false);
    return taken ? spec.commandLine().getErr() : spec.commandLine().getOut();
  }

  @Override
  public JsonNode report() {
    return document;
  }

  private RunSummary produce(Dataset dataset) {
    Clock clock = Clock.systemUTC();
    return dataset.faults().isNone()
        ? new DatasetRun(dataset, endpoints.get(), clock).produce(days.from(), days.to())
        : new FaultyRun(dataset, endpoints.get(), clock, spec.commandLine().getErr()::println)
            .produce(days.from(), days.to());
  }

  private void requireSoundDays() {
    LocalDate from = days.from();
    LocalDate to = days.to();
    require(
        !from.isBefore(FIRST_DAY) && !to.isAfter(LAST_DAY),
        "days lie between " + FIRST_DAY + " and " + LAST_DAY + ", not " + from + " to " + to);
    days.requireOrder();
    long number = ChronoUnit.DAYS.between(from, to) + 1;
    require(
        number <= MAX_DAYS,
        number + " days in one call, at most " + MAX_DAYS + ": split the range");
  }

  private void requireOnlyLive() {
    require(!days.isAnyGiven(), "--live is now: leave out --from and --to");
    require(
        volume.notLive().isEmpty(),
        "--live takes no " + volume.notLive() + ": give --rate or --demand");
    require(
        faults.shares().isNone(),
        "--live takes no faults: leave out " + faults.shares().arguments());
    require(sink.target().isEmpty(), "--live goes to Kafka: leave out --sink");
  }

  private void require(boolean sound, String message) {
    if (!sound) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}

package io.furnistream.rollup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Endpoints;
import io.furnistream.cli.ExitStatus;
import io.furnistream.cli.ExportOption;
import io.furnistream.cli.RangeOptions;
import io.furnistream.cli.Reporting;
import io.furnistream.cli.StoreZone;
import io.furnistream.cli.TimeoutOption;
import io.furnistream.rollup.files.ExportFolder;
import io.furnistream.rollup.records.CassandraDayRecords;
import io.furnistream.rollup.records.DayRecords;
import io.furnistream.stores.export.DayManifest;
import io.furnistream.stores.export.Move;
import io.furnistream.stores.landing.LandedRecords;
import io.furnistream.stores.landing.StoreBuckets;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Closes days into Parquet files. */
@Command(
    name = "rollup",
    mixinStandardHelpOptions = true,
    description = {
      "Waits until Cassandra holds every record that Kafka does, then closes each day into Parquet"
          + " files: its records, its daily_pu_rev, daily_category_product and"
          + " daily_address, and a manifest that states what they hold.",
      "A day whose data did not change is not touched; one that did gets the next revision.",
      "Several ranges are closed at once: --from DAY --to DAY --from DAY --to DAY."
    })
public final class RollupCommand implements Callable<Integer>, Reporting {

  private final Source source;
  private final Supplier<Path> exportFolder;
  private final Clock clock;

  @Spec private CommandSpec spec;

  @ArgGroup(exclusive = false, multiplicity = "1..*")
  private List<RangeOptions> ranges;

  @Mixin private ExportOption export;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description =
          "The store's time zone, which decides whether a day has ended (default: $"
              + StoreZone.VARIABLE
              + ", else "
              + StoreZone.DEFAULT
              + ").")
  private ZoneId zone;

  @Option(names = "--force", description = "Also close a day that has not ended.")
  private boolean force;

  @Mixin private final TimeoutOption timeout = new TimeoutOption(120);

  @Option(names = "--json", description = "Print one JSON document instead of a line a day.")
  private boolean json;

  private ObjectNode document;

  /**
   * The command.
   *
   * @param endpoints where the stack answers; asked when the command runs
   * @param exportFolder where the files go unless an option says otherwise; asked when the command
   *     runs
   */
  public RollupCommand(Supplier<Endpoints> endpoints, Supplier<Path> exportFolder) {
    this(endpoints, exportFolder, Clock.systemUTC());
  }

  /** The command at another time than now. */
  RollupCommand(Supplier<Endpoints> endpoints, Supplier<Path> exportFolder, Clock clock) {
    this(
        (limit, messages) -> {
          Endpoints stack = endpoints.get();
          LandedRecords.await(stack, limit, messages);
          StoreBuckets.require(stack);
          return CassandraDayRecords.connect(stack);
        },
        exportFolder,
        clock);
  }

  private RollupCommand(Source source, Supplier<Path> exportFolder, Clock clock) {
    this.source = source;
    this.exportFolder = exportFolder;
    this.clock = clock;
  }

  /** The command over other records than Cassandra's. */
  public static RollupCommand reading(DayRecords records, Path exportFolder) {
    return new RollupCommand((limit, messages) -> records, () -> exportFolder, Clock.systemUTC());
  }

  @Override
  public Integer call() {
    List<LocalDate> days = RangeOptions.days(spec.commandLine(), ranges);
    Duration limit = timeout.limit();
    LocalDate to = days.get(days.size() - 1);
    ZoneId store = zone == null ? StoreZone.fromEnvironment(System.getenv()) : zone;
    Instant end = to.plusDays(1).atStartOfDay(store).toInstant();
    if (!force && clock.instant().isBefore(end)) {
      throw new CannotRunException(
          "%s has not ended in the store's zone, %s. Close it after %s, or with --force."
              .formatted(to, store, end));
    }
    Path folder = export.folder(exportFolder).toAbsolutePath().normalize();
    try (ExportFolder opened = ExportFolder.open(folder);
        DayRecords records = source.open(limit, spec.commandLine().getErr())) {
      List<ClosedDay> closed = close(days, records, opened);
      document = document(folder, closed);
      if (json) {
        spec.commandLine().getOut().println(document.toPrettyString());
      }
      spec.commandLine().getOut().flush();
      return ExitStatus.DONE;
    } catch (IOException e) {
      throw new CannotRunException(
          "Cannot write the closed days to %s (%s). Make room there, or name a folder that can be written to with --export."
              .formatted(folder, e),
          e);
    }
  }

  private List<ClosedDay> close(List<LocalDate> days, DayRecords records, ExportFolder opened)
      throws IOException {
    List<ClosedDay> closed = new ArrayList<>();
    try (DayProgress progress = new DayProgress(records, days.size())) {
      DayRollup rollup = new DayRollup(progress, opened, progress::drafted);
      for (LocalDate day : days) {
        ClosedDay one = rollup.close(day);
        closed.add(one);
        if (!json) {
          print(one);
        }
      }
    }
    return closed;
  }

  private void print(ClosedDay closed) {
    DayManifest manifest = closed.manifest();
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "%s  %s  revision %d  records %s  revenue %s"
            .formatted(
                manifest.day(),
                closed.outcome(),
                manifest.revision(),
                manifest.figures().get("records"),
                manifest.figures().get("revenue")));
    if (closed.changed()) {
      for (Move move : manifest.moved()) {
        out.println("  %s: %s -> %s".formatted(move.what(), move.from(), move.to()));
      }
    }
    out.flush();
  }

  @Override
  public JsonNode report() {
    return document;
  }

  private static ObjectNode document(Path folder, List<ClosedDay> closed) {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode document = mapper.createObjectNode().put("export", folder.toString());
    for (ClosedDay one : closed) {
      document
          .withArray("/days")
          .addObject()
          .put("outcome", one.outcome())
          .set("manifest", mapper.valueToTree(one.manifest()));
    }
    return document;
  }

  /** Opens the records once they have landed, within a limit; reports what it waits for. */
  private interface Source {
    DayRecords open(Duration limit, PrintWriter messages);
  }
}

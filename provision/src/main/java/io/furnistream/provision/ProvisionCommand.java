package io.furnistream.provision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.furnistream.cli.ExitStatus;
import io.furnistream.cli.Reporting;
import io.furnistream.cli.StoreZone;
import io.furnistream.schemas.PlatformSettings;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code furnistream provision}. */
@Command(
    name = "provision",
    description = {
      "Sets up Kafka, the registry, Cassandra, PostgreSQL and Kafka Connect: topics, schemas,"
          + " keyspace, migrations, roles, connectors. What agrees is left; it may be repeated.",
      "Where they are and what opens them is read from the environment"
          + " (provision/README.md lists the variables); how many copies and parts there are, from"
          + " the file that $"
          + PlatformSettings.VARIABLE
          + " names, else as on one machine."
    })
public final class ProvisionCommand implements Callable<Integer>, Reporting {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FIRST = "[settle first] ";
  private static final String LEFT = "[left to you] ";

  private final Supplier<ProvisionTarget> target;
  private final Supplier<PlatformFiles> files;
  private final Supplier<PlatformSettings> settings;

  @Spec private CommandSpec spec;

  @Option(
      names = "--check",
      description = "Compare, and change nothing. Exit status 1 when something differs.")
  private boolean check;

  @Option(
      names = "--only",
      paramLabel = "SYSTEM",
      split = ",",
      description = "Some of kafka, registry, cassandra, postgres, connect. Default: all.")
  private Set<String> only = new LinkedHashSet<>(Provisioning.SYSTEMS);

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long to wait until all of them answer (default: ${DEFAULT-VALUE}).")
  private int timeout = 120;

  @Option(names = "--json", description = "Print one JSON document instead of a line a thing.")
  private boolean json;

  private ObjectNode document;

  /**
   * The command, under the settings of this process.
   *
   * @param target what is provisioned; asked when the command runs
   * @param files the connectors and migrations; asked when the command runs
   */
  public ProvisionCommand(Supplier<ProvisionTarget> target, Supplier<PlatformFiles> files) {
    this(target, files, PlatformSettings::current);
  }

  /**
   * The command.
   *
   * @param target what is provisioned; asked when the command runs
   * @param files the connectors and migrations; asked when the command runs
   * @param settings how many copies and parts there are to be; asked when the command runs
   */
  public ProvisionCommand(
      Supplier<ProvisionTarget> target,
      Supplier<PlatformFiles> files,
      Supplier<PlatformSettings> settings) {
    this.target = target;
    this.files = files;
    this.settings = settings;
  }

  @Override
  public Integer call() throws Exception {
    requireOptions();
    List<Part> parts =
        new Provisioning(
                target.get(),
                files.get(),
                settings.get(),
                StoreZone.fromEnvironment(System.getenv()))
            .parts(only, this::say);
    try {
      Provisioner provisioner = new Provisioner(parts, this::say);
      provisioner.await(Duration.ofSeconds(timeout));
      return check ? compare(provisioner) : apply(provisioner);
    } finally {
      parts.forEach(Part::close);
    }
  }

  private void requireOptions() {
    if (timeout < 0) {
      throw new ParameterException(
          spec.commandLine(), "--timeout is a number of seconds, 0 or more.");
    }
    for (String name : only) {
      if (!Provisioning.SYSTEMS.contains(name)) {
        throw new ParameterException(
            spec.commandLine(),
            "--only takes some of %s, not '%s'."
                .formatted(String.join(", ", Provisioning.SYSTEMS), name));
      }
    }
  }

  private int compare(Provisioner provisioner) throws Exception {
    List<Provisioner.Found> found = provisioner.compare();
    found.forEach(this::print);
    document = document(found);
    end(
        found.isEmpty()
            ? "All agrees: " + String.join(", ", only) + "."
            : "%d difference(s). %s".formatted(found.size(), whoMends(found)));
    return found.isEmpty() ? ExitStatus.DONE : ExitStatus.ANSWER_IS_NO;
  }

  private static String whoMends(List<Provisioner.Found> found) {
    long blocking = found.stream().filter(each -> each.difference().blocks()).count();
    long forAPerson = found.stream().filter(each -> each.difference().isForAPerson()).count();
    if (blocking > 0) {
      return "%d must be settled first%s: until then provision changes nothing."
          .formatted(blocking, blocking < found.size() ? ", marked " + FIRST.strip() : "");
    }
    if (forAPerson == 0) {
      return "furnistream provision mends them.";
    }
    return forAPerson == found.size()
        ? "They are left to you: provision does not mend them."
        : "furnistream provision mends them, but for %d, marked %s."
            .formatted(forAPerson, LEFT.strip());
  }

  private static ObjectNode document(List<Provisioner.Found> found) {
    ObjectNode document = JSON.createObjectNode().put("agrees", found.isEmpty());
    ArrayNode differences = document.putArray("differences");
    for (Provisioner.Found each : found) {
      Difference difference = each.difference();
      differences
          .addObject()
          .put("system", each.part().name())
          .put("thing", difference.thing())
          .put("difference", difference.says())
          .put("mended_by_provision", !difference.isForAPerson())
          .put("settle_first", difference.blocks());
    }
    return document;
  }

  private int apply(Provisioner provisioner) throws Exception {
    ArrayNode changes = JSON.createArrayNode();
    List<Provisioner.Found> left;
    try {
      left =
          provisioner.apply(
              change -> {
                changes
                    .addObject()
                    .put("system", change.part().name())
                    .put("thing", change.thing())
                    .put("change", change.did());
                print(change.part(), change.thing(), change.did());
              });
    } catch (RefusedException e) {
      document = document(e.found());
      document.set("changes", changes);
      if (json) {
        line(document.toString());
      }
      throw e;
    }
    left.forEach(this::print);
    document = document(left);
    document.set("changes", changes);
    end(summary(changes.size(), left.size()));
    return ExitStatus.DONE;
  }

  private static String summary(int changes, int left) {
    if (left > 0) {
      return "%d change(s); %d difference(s) left to you.".formatted(changes, left);
    }
    return changes == 0
        ? "Nothing to change: all agreed."
        : "%d change(s); now all agrees.".formatted(changes);
  }

  private void print(Provisioner.Found found) {
    Difference difference = found.difference();
    print(found.part(), mark(difference) + difference.thing(), difference.says());
  }

  private static String mark(Difference difference) {
    if (difference.blocks()) {
      return FIRST;
    }
    return difference.isForAPerson() ? LEFT : "";
  }

  private void print(Part part, String thing, String text) {
    if (!json) {
      line("%-9s %s %s".formatted(part.name(), thing, text));
    }
  }

  private void end(String summary) {
    line(json ? document.toString() : summary);
  }

  private void line(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(text);
    out.flush();
  }

  private void say(String message) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(message);
    err.flush();
  }

  @Override
  public JsonNode report() {
    return document;
  }
}

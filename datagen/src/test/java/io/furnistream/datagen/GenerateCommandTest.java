package io.furnistream.datagen;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.cli.Commands;
import io.furnistream.cli.ExitStatus;
import io.furnistream.datagen.sales.Dataset;
import io.furnistream.datagen.sales.Days;
import io.furnistream.datagen.store.Store;
import io.furnistream.testing.PlatformBroker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class GenerateCommandTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--to 2023-12-01|Missing required option: '--from=DAY'",
        "--from 2023-12-01|Missing required option: '--to=DAY'",
        "--from 2023-02-30 --to 2023-03-01|'2023-02-30' is not a date: write YYYY-MM-DD",
        "--from 2023-12-01 --to 2023-13-01|'2023-13-01' is not a date",
        "--from 2023-12-01 --to tomorrow|'tomorrow' is not a date",
        "--from 01/12/2023 --to 2023-12-01|'01/12/2023' is not a date",
        "--from 2023-12-02 --to 2023-12-01|--to 2023-12-01 lies before --from 2023-12-02",
        "--from 2013-01-01 --to 2023-12-31|4017 days in one call, at most 3660: split the range",
        "--from 2000-01-01 --to 2010-01-08|3661 days in one call, at most 3660",
        "--from 1969-12-31 --to 1970-01-05|days lie between 1970-01-03 and 2199-12-30",
        "--from 2199-12-30 --to 2199-12-31|days lie between 1970-01-03 and 2199-12-30",
        "--from +19999-01-01 --to +19999-01-01|days lie between 1970-01-03 and 2199-12-30",
        "--from 2023-12-01 --to 2023-12-01 --records 0|--records is 1 to 5000000, not 0",
        "--from 2023-12-01 --to 2023-12-01 --records -5|--records is 1 to 5000000, not -5",
        "--from 2023-12-01 --to 2023-12-01 --records 5000001|--records is 1 to 5000000",
        "--from 2023-12-01 --to 2023-12-01 --records 99999999999|--records is 1 to 5000000",
        "--from 2023-12-01 --to 2023-12-01 --records many|'many' is not a long",
        "--from 2023-12-01 --to 2023-12-01 --records 1.5|'1.5' is not a long",
        "--from 2023-12-01 --to 2023-12-01 --records 5 --demand|exclude each other",
        "--from 2023-12-01 --to 2023-12-01 --demand=0|--demand is 1 to 5000000, or without",
        "--from 2023-12-01 --to 2023-12-01 --demand=many|not many",
        "--from 2023-12-01 --to 2023-12-01 --demand 5000001|not 5000001",
        "--from 2023-12-01 --to 2023-12-01 --returns 2|'2' is not a percentage",
        "--from 2023-12-01 --to 2023-12-01 --returns -2%|'-2%' is not a percentage",
        "--from 2023-12-01 --to 2023-12-01 --returns 0.125%|--returns is 0% to 20%, with two decimals at most",
        "--from 2023-12-01 --to 2023-12-01 --returns 2e1%|'2e1%' is not a percentage",
        "--from 2023-12-01 --to 2023-12-01 --returns 20.01%|--returns is 0% to 20%",
        "--from 2023-12-01 --to 2023-12-01 --store none|There is no store 'none'",
        "--from 2023-12-01 --to 2023-12-01 --store clothing|FURNISTREAM_STORE_ZONE=Europe/Berlin",
        "--from 2023-12-01 --to 2023-12-01 --seed lucky|'lucky' is not a long",
        "--from 2023-12-01 --to 2023-12-01 --seed 9223372036854775808|is not a long",
        "--from 2023-12-01 --to 2023-12-01 --late 1|'1' is not a percentage: write a number of 0 to 100 with at most four decimals and a %, such as 1% or 0.5%",
        "--from 2023-12-01 --to 2023-12-01 --late -1%|'-1%' is not a percentage",
        "--from 2023-12-01 --to 2023-12-01 --poison 0.00001%|'0.00001%' is not a percentage",
        "--from 2023-12-01 --to 2023-12-01 --poison 101%|'101%' is not a percentage",
        "--from 2023-12-01 --to 2023-12-01 --poison NaN%|'NaN%' is not a percentage",
        "--from 2023-12-01 --to 2023-12-01 --duplicates 50.1%|--duplicates is at most 50%",
        "--from 2023-12-01 --to 2023-12-01 --corrections 100%|--corrections is at most 50%",
        "--from 2023-12-01 --to 2023-12-01 --late 50% --duplicates 50% --corrections 0.1%|--late, --duplicates and --corrections are at most 100% together",
        "--from 2023-12-01 --to 2023-12-01 --speed 3|Unknown option",
        "--from 2023-12-01 --to 2023-12-01 today|Unmatched argument"
      })
  void aBadArgumentIsRefusedBeforeAnythingIsAskedOfTheStack(String arguments, String message) {
    Outcome outcome =
        run(
            new GenerateCommand(
                () -> {
                  throw new AssertionError("asked for the endpoints");
                }),
            arguments);
    assertThat(outcome.err).contains(message).doesNotContain("asked for the endpoints");
    assertThat(outcome.out).isEmpty();
    assertThat(outcome.status).isEqualTo(ExitStatus.CANNOT_RUN);
  }

  @Test
  void theWidestArgumentsAreTaken() {
    // They get as far as the endpoints.
    Outcome outcome =
        run(
            new GenerateCommand(
                () -> {
                  throw new IllegalStateException("asked for the endpoints");
                }),
            "--from 2000-01-01 --to 2010-01-07 --records 5000000 --seed -9223372036854775808");
    assertThat(outcome.err).contains("asked for the endpoints");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|r500|--records 500",
        "--records 7|r7|--records 7",
        "--returns 0.5%|r500-b50|--records 500 --returns 0.5%",
        "--demand|d500-b200|--demand=500 --returns 2%",
        "--demand=90|d90-b200|--demand=90 --returns 2%",
        "--demand --returns 0%|d500|--demand=500 --returns 0%",
        "--demand 90 --returns 20%|d90-b2000|--demand=90 --returns 20%"
      })
  void whatTheArgumentsSayIsInTheDataset(String arguments, String tag, String stated) {
    Dataset dataset = dataset(arguments);
    assertThat(dataset.name())
        .isEqualTo("gen2-furniture-s7-" + tag + "-" + dataset.store().fingerprint());
    assertThat(dataset.producing().arguments())
        .isEqualTo("--store furniture " + stated + " --seed 7");
    // What is stated gives the same dataset.
    assertThat(dataset(stated).name()).isEqualTo(dataset.name());
  }

  private static Dataset dataset(String arguments) {
    VolumeOptions options = new VolumeOptions();
    CommandLine.Model.CommandSpec command = CommandLine.Model.CommandSpec.create();
    command.addMixin("volume", CommandLine.Model.CommandSpec.forAnnotatedObject(options));
    new CommandLine(command).parseArgs(arguments.isEmpty() ? new String[0] : arguments.split(" "));
    options.requireSound();
    Store store = Days.furniture();
    return new Dataset(store, 7, options.of(store.demand()));
  }

  @Test
  void aKafkaThatIsNotThereIsNamedInTime() throws Exception {
    int port = closedPort();
    Instant start = Instant.now();
    Outcome outcome =
        run(
            new GenerateCommand(
                () -> PlatformBroker.endpoints("127.0.0.1:" + port, "http://127.0.0.1:1")),
            "--from 2023-12-01 --to 2023-12-01");
    assertThat(outcome.status).isEqualTo(ExitStatus.CANNOT_RUN);
    assertThat(outcome.err)
        .startsWith("Kafka does not answer at 127.0.0.1:" + port)
        .contains("furnistream up")
        .doesNotContain("\tat ");
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void anInvalidAddressIsNamed() {
    Outcome outcome =
        run(
            new GenerateCommand(
                () -> PlatformBroker.endpoints("not an address", "http://127.0.0.1:1")),
            "--from 2023-12-01 --to 2023-12-01");
    assertThat(outcome.status).isEqualTo(ExitStatus.CANNOT_RUN);
    assertThat(outcome.err)
        .startsWith("Kafka does not answer at not an address")
        .doesNotContain("\tat ");
  }

  @Test
  void asAProgramOfItsOwnItWantsASubcommand() {
    StringWriter err = new StringWriter();
    CommandLine program = Datagen.commandLine().setErr(new PrintWriter(err));
    assertThat(program.execute()).isEqualTo(ExitStatus.CANNOT_RUN);
    assertThat(err.toString()).contains("generate");
    assertThat(program.setErr(new PrintWriter(err)).execute("generate", "--from", "2023-02-30"))
        .isEqualTo(ExitStatus.CANNOT_RUN);
  }

  @Test
  void helpShowsTheLimits() {
    Outcome outcome = run(new GenerateCommand(() -> PlatformBroker.endpoints("", "")), "--help");
    assertThat(outcome.status).isEqualTo(ExitStatus.DONE);
    assertThat(outcome.out.replaceAll("\\s+", " "))
        .contains("at most 3660 days")
        .contains("1 to 5000000, default 500");
  }

  static Outcome run(GenerateCommand command, String arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Commands.commandLine(command)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments.split(" ", -1));
    return new Outcome(status, out.toString(), err.toString());
  }

  static int closedPort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** What a command left behind. */
  record Outcome(int status, String out, String err) {}
}

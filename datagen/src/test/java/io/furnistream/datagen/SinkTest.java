package io.furnistream.datagen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.cli.ExitStatus;
import io.furnistream.datagen.sales.Dataset;
import io.furnistream.datagen.sales.DayGenerator;
import io.furnistream.datagen.sales.Days;
import io.furnistream.datagen.sales.Volume;
import io.furnistream.datagen.sink.SalesFiles;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.Topic;
import io.furnistream.testing.PlatformBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command with {@code --sink}. */
class SinkTest {

  private static final String DAYS = "--from 2023-12-01 --to 2023-12-03 ";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private Path folder;
  @TempDir private Path other;

  @Test
  void filesHoldTheRecordsThatGoToKafka() throws Exception {
    String arguments = DAYS + "--records 2500 --returns 2% --seed 7 --json";
    List<DailyRecord> sent;
    String summary;
    try (PlatformBroker broker = PlatformBroker.start(other)) {
      for (Topic topic : List.of(Topic.DAILY_RECORDS, Topic.RUN_LEDGER)) {
        broker.create(topic);
        broker.register(topic);
      }
      summary = GenerateCommandTest.run(new GenerateCommand(broker::endpoints), arguments).out();
      sent =
          broker.<DailyRecordKey, DailyRecord>read(Topic.DAILY_RECORDS).stream()
              .map(each -> each.value())
              .toList();
    }
    assertThat(sent).hasSize(7_500);

    for (String name : List.of("a.parquet", "a.avro", "a.csv")) {
      Path file = folder.resolve(name);
      GenerateCommandTest.Outcome outcome = generate(arguments + " --sink " + file);
      assertThat(outcome.err()).isEmpty();
      assertThat(outcome.status()).isEqualTo(ExitStatus.DONE);
      assertThat(outcome.out()).isEqualTo(summary);
      assertThat(SalesFiles.rows(file))
          .containsExactlyInAnyOrderElementsOf(SalesFiles.rows(sent))
          .isEqualTo(SalesFiles.rows(generated()));
    }
    assertThat(names()).containsExactlyInAnyOrder("a.parquet", "a.avro", "a.csv");
  }

  /** In the order in which they are generated, by one thread. */
  private static List<DailyRecord> generated() {
    DayGenerator generator =
        new DayGenerator(new Dataset(Days.furniture(), 7, Volume.exactly(2_500, 200)));
    List<DailyRecord> records = new ArrayList<>();
    for (String day : List.of("2023-12-01", "2023-12-02", "2023-12-03")) {
      Days.generate(generator, day).forEach(each -> records.add(each.value()));
    }
    return records;
  }

  @Test
  void aFileThatIsThereIsReplacedOnlyWhenAskedTo() throws Exception {
    Path file = folder.resolve("a.csv");
    Files.writeString(file, "mine");

    GenerateCommandTest.Outcome refused = generate(DAYS + "--sink " + file);
    assertThat(refused.status()).isEqualTo(ExitStatus.CANNOT_RUN);
    assertThat(refused.err())
        .isEqualToIgnoringNewLines(
            file
                + " is there already. Name another file with --sink, or add --overwrite to replace it.");
    assertThat(refused.out()).isEmpty();
    assertThat(file).hasContent("mine");

    GenerateCommandTest.Outcome replaced = generate(DAYS + "--overwrite --sink " + file);
    assertThat(replaced.status()).isEqualTo(ExitStatus.DONE);
    assertThat(SalesFiles.rows(file)).hasSize(1_500);
    assertThat(names()).containsExactly("a.csv");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--sink a.json|ends in .parquet, .avro or .csv, or - for CSV on standard output, not 'a.json'",
        "--sink=|ends in .parquet, .avro or .csv, or - for CSV on standard output, not ''",
        "--sink FOLDER/none/a.csv|There is no folder FOLDER/none. Make it, or name a file in another with --sink.",
        "--sink FOLDER/folder.csv|FOLDER/folder.csv is there already.",
        "--sink FOLDER/dangling.csv|FOLDER/dangling.csv is there already.",
        "--sink FOLDER/folder.csv --overwrite|FOLDER/folder.csv is no file that could be replaced.",
        "--overwrite|--overwrite goes with --sink",
        "--sink a.csv --late 1% --drift|--sink takes no faults, which are of the way to Kafka: leave out --late 1% --drift"
      })
  void whatCannotBeIsRefused(String arguments, String message) throws Exception {
    Files.createDirectory(folder.resolve("folder.csv"));
    Files.createSymbolicLink(folder.resolve("dangling.csv"), Path.of("nowhere.csv"));
    GenerateCommandTest.Outcome outcome =
        generate(DAYS + arguments.replace("FOLDER", folder.toString()));
    assertThat(outcome.err())
        .contains(message.replace("FOLDER", folder.toString()))
        .doesNotContain("\tat ");
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.status()).isEqualTo(ExitStatus.CANNOT_RUN);
    assertThat(names()).containsExactlyInAnyOrder("folder.csv", "dangling.csv");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.parquet", "a.avro", "a.csv"})
  void aFullDiskIsToldAndLeavesNothing(String name) throws Exception {
    // 4096 blocks of 512 bytes or 1 KiB: enough for the native libraries that are unpacked.
    Ended ended =
        inChild(
            List.of("sh", "-c", "ulimit -f 4096; exec \"$@\"", "sh"),
            "--from 2023-12-01 --to 2023-12-01 --records 150000 --sink " + folder.resolve(name));
    assertThat(ended.err())
        .contains("The sales cannot be written to " + folder.resolve(name))
        .contains("File too large")
        .contains("Make room there, or name a file that can be written with --sink.")
        .doesNotContain("\tat ");
    assertThat(ended.out()).isEmpty();
    assertThat(ended.status()).isEqualTo(ExitStatus.CANNOT_RUN);
    assertThat(names()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.parquet", "a.avro", "a.csv"})
  void aProcessThatIsEndedLeavesNothing(String name) throws Exception {
    Process child =
        start(
            List.of(),
            "--from 2023-12-01 --to 2024-12-01 --records 5000000 --sink " + folder.resolve(name));
    try {
      await().atMost(LIMIT).until(() -> !names().isEmpty());
      assertThat(names()).doesNotContain(name);
      child.destroy();
      assertThat(child.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      child.destroyForcibly();
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void aHyphenIsStandardOutput() throws Exception {
    Path file = folder.resolve("a.csv");
    assertThat(generate(DAYS + "--sink " + file).status()).isEqualTo(ExitStatus.DONE);

    Ended ended = inChild(List.of(), DAYS + "--json --sink -");
    assertThat(ended.status()).isEqualTo(ExitStatus.DONE);
    assertThat(ended.out()).isEqualTo(Files.readString(file));
    JsonNode summary = new ObjectMapper().readTree(ended.err().substring(ended.err().indexOf('{')));
    assertThat(summary.get("records").longValue()).isEqualTo(1_500);
  }

  @Test
  void aReaderThatHasSeenEnoughEndsIt() throws Exception {
    Process child = start(List.of(), DAYS + "--records 100000 --sink -");
    try {
      try (BufferedReader reader = child.inputReader()) {
        assertThat(reader.readLine()).startsWith("ts_id,ts,");
      }
      assertThat(child.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      child.destroyForcibly();
    }
    assertThat(child.exitValue()).isEqualTo(ExitStatus.CANNOT_RUN);
    assertThat(other.resolve("err"))
        .content()
        .contains("Standard output takes no more")
        .doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.parquet", "a.avro", "a.csv"})
  void memoryDoesNotGrowWithTheRecords(String name) throws Exception {
    // 200,000 records held at once would be some 130 MB.
    Path file = folder.resolve(name);
    Ended ended =
        inChild(
            List.of(),
            "--from 2023-12-01 --to 2023-12-01 --records 200000 --sink " + file,
            "-Xmx96m");
    assertThat(ended.status()).as(ended.err()).isEqualTo(ExitStatus.DONE);
    assertThat(SalesFiles.count(file)).isEqualTo(200_000);
  }

  private static GenerateCommandTest.Outcome generate(String arguments) {
    return GenerateCommandTest.run(
        new GenerateCommand(
            () -> {
              throw new AssertionError("asked for the endpoints");
            }),
        arguments);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(each -> each.getFileName().toString()).toList();
    }
  }

  private Ended inChild(List<String> under, String arguments, String... options)
      throws IOException, InterruptedException {
    Path out = other.resolve("out");
    ProcessBuilder builder = child(under, arguments, options);
    Process child = builder.redirectOutput(out.toFile()).start();
    try {
      assertThat(child.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      child.destroyForcibly();
    }
    return new Ended(
        child.exitValue(), Files.readString(out), Files.readString(other.resolve("err")));
  }

  private Process start(List<String> under, String arguments) throws IOException {
    return child(under, arguments).start();
  }

  /** A process of its own, under another command; what it says to people is in a file. */
  private ProcessBuilder child(List<String> under, String arguments, String... options) {
    ProcessBuilder java =
        GenerateInChild.java(Datagen.class, List.of(options), "generate " + arguments);
    List<String> command = new ArrayList<>(under);
    command.addAll(java.command());
    return java.command(command).redirectError(other.resolve("err").toFile());
  }

  /** What a process left behind. */
  private record Ended(int status, String out, String err) {}
}

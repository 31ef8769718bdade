package io.furnistream.aggregates.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.furnistream.aggregates.tables.Aggregate;
import io.furnistream.aggregates.tables.AggregateSet;
import io.furnistream.aggregates.tables.ByteReader;
import io.furnistream.aggregates.tables.ByteWriter;
import io.furnistream.aggregates.tables.Measure;
import io.furnistream.aggregates.tables.Member;
import io.furnistream.aggregates.tables.Sale;
import io.furnistream.aggregates.tables.Totals;
import io.furnistream.aggregates.testing.PlainLoop;
import io.furnistream.aggregates.testing.Sales;
import io.furnistream.aggregates.testing.TestRegistry;
import io.furnistream.aggregates.testing.TestRun;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Faults put into the stages: those of data cost what they are about, all others stop the thread.
 */
class DataFaultsTest {

  private static final String FORBIDDEN = "forbidden";
  private static final DailyRecordKey FIRST = Sales.key(Sales.DAY, 1);
  private static final DailyRecordKey SECOND = Sales.key(Sales.DAY, 2);
  private static final DailyRecord CHAIR = Sales.chair(FIRST).build();
  private static final DailyRecord OTHER = Sales.chair(SECOND).setOrderId("order-2").build();

  @TempDir Path folder;

  /** What an aggregate asks of a sale, each failing for one customer. */
  static Stream<Aggregate> faultyAggregates() {
    return Stream.of(
        new Faulty() {
          @Override
          public boolean covers(Sale sale) {
            check(sale);
            return true;
          }
        },
        new Faulty() {
          @Override
          public int day(Sale sale) {
            check(sale);
            return sale.day();
          }
        },
        new Faulty() {
          @Override
          public void writeKey(Sale sale, ByteWriter key) {
            super.writeKey(sale, key);
            check(sale);
          }
        },
        new Faulty() {
          @Override
          public List<String> label(Sale sale) {
            check(sale);
            return super.label(sale);
          }
        },
        new Faulty() {
          @Override
          public List<String> label(Sale sale) {
            return sale.customerId().equals(FORBIDDEN)
                ? List.of("a\0b", "", "")
                : super.label(sale);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("faultyAggregates")
  void aRecordThatAStageCannotTakeIsALetterAndChangesNothing(Aggregate faulty) throws Exception {
    try (TestRun run = new TestRun(folder, TestRegistry.URL, with(faulty))) {
      run.send(FIRST, CHAIR);
      run.send(SECOND, OTHER);
      Set<KeyValue<Bytes, String>> state = state(run);
      everyRow(run);

      DailyRecord correction = Sales.chair(FIRST).setCustomerId(FORBIDDEN).build();
      DailyRecordKey third = Sales.key(Sales.DAY, 3);
      run.send(FIRST, correction);
      run.send(third, Sales.chair(third).setCustomerId(FORBIDDEN).build());

      assertThat(everyRow(run)).isEmpty();
      assertThat(state(run)).isEqualTo(state);
      List<TestRecord<byte[], byte[]>> letters = run.deadLetters();
      assertThat(letters).extracting(letter -> header(letter, "offset")).containsExactly("2", "3");
      assertThat(letters.get(0).key()).isEqualTo(run.keyBytes(FIRST));
      assertThat(letters.get(0).value()).isEqualTo(run.valueBytes(correction));
      assertThat(header(letters.get(0), "topic")).isEqualTo("daily_records");
      assertThat(header(letters.get(0), "partition")).isEqualTo("0");
      assertThat(header(letters.get(0), "message"))
          .isIn(FORBIDDEN, "A label holds the character NUL");

      run.send(FIRST, null);
      assertThat(run.table(Topic.DAILY_PU_REV))
          .isEqualTo(PlainLoop.over(Topic.DAILY_PU_REV, List.of(OTHER)));
    }
  }

  /** The row of one group: a letter says so, all other rows come, and it comes once it can. */
  @Test
  void aRowThatCannotBeMadeIsOneLetterUntilItCan() throws Exception {
    Aggregate faulty =
        new Faulty() {
          @Override
          public SpecificRecord row(Totals totals) {
            if (totals.records() == 2) {
              throw new ArithmeticException("/ by zero");
            }
            return super.row(totals);
          }
        };
    try (TestRun run = new TestRun(folder, TestRegistry.URL, with(faulty))) {
      run.send(FIRST, CHAIR);
      run.send(SECOND, OTHER);

      assertThat(run.table(Topic.DAILY_ADDRESS))
          .isEqualTo(PlainLoop.over(Topic.DAILY_ADDRESS, List.of(CHAIR)));
      assertThat(run.table(Topic.DAILY_PU_REV))
          .isEqualTo(PlainLoop.over(Topic.DAILY_PU_REV, List.of(CHAIR, OTHER)));
      assertThat(run.deadLetters())
          .singleElement()
          .satisfies(letter -> assertThat(header(letter, "message")).isEqualTo("/ by zero"));

      DailyRecord corrected = Sales.chair(SECOND).setCity("Aalborg").setQuantity(5).build();
      run.send(SECOND, corrected);
      run.send(SECOND, OTHER);
      assertThat(run.deadLetters()).as("it is said already").isEmpty();

      run.send(FIRST, null);
      assertThat(run.table(Topic.DAILY_ADDRESS))
          .isEqualTo(PlainLoop.over(Topic.DAILY_ADDRESS, List.of(OTHER)));
      assertThat(run.deadLetters()).isEmpty();

      run.send(FIRST, CHAIR);
      assertThat(run.deadLetters()).as("another fault than the first").hasSize(1);
      run.send(FIRST, null);
      run.send(SECOND, null);
      assertThat(run.table(Topic.DAILY_ADDRESS)).isEmpty();
    }
  }

  @Test
  void anEntryThatALaterStageCannotReadIsALetterAndTheRestOfItsBatchCounts() throws Exception {
    try (TestRun run = new TestRun(folder)) {
      run.send(FIRST, CHAIR);
      Sale other = Sale.of(OTHER);
      Set<KeyValue<Bytes, String>> state = state(run);
      everyRow(run);

      for (String stage : List.of("members", "sums", "counts", "latest")) {
        byte[] broken = {1, 2, 3};
        byte[] truncated = SaleCodec.encode(other);
        run.pipeInternal(
            stage, new ByteWriter().block(broken).block(truncated).block(broken).toByteArray());
        List<TestRecord<byte[], byte[]>> letters = run.deadLetters();
        assertThat(letters)
            .as(stage)
            .extracting(TestRecord::value)
            .containsExactly(broken, truncated, broken);
        assertThat(header(letters.get(0), "topic")).contains("-" + stage + "-repartition");
        run.pipeInternal(stage, new byte[] {(byte) 0xFF, (byte) 0xFF, 0x7F, 1});
        assertThat(run.deadLetters()).as(stage).hasSize(1);
      }

      assertThat(everyRow(run)).allMatch(row -> row.value() == null, "none but of latest");
      Contribution contribution = Contribution.of(AggregateSet.ALL, other);
      ByteWriter batch = new ByteWriter().block(new byte[] {9});
      contribution.members().forEach(change -> batch.block(change.encode(1)));
      run.pipeInternal("members", batch.toByteArray());
      assertThat(run.deadLetters()).hasSize(1);
      assertThat(state(run)).isNotEqualTo(state);
      assertThat(run.table(Topic.DAILY_CUSTOMER))
          .isEqualTo(PlainLoop.over(Topic.DAILY_CUSTOMER, List.of(CHAIR, OTHER)));
    }
  }

  /** Faults that say nothing about the record, wherever they come up. */
  static Stream<Consumer<TestRun>> infrastructureFaults() {
    return Stream.of(
        run -> run.store(RecordStage.CONTRIBUTIONS).close(),
        run -> run.store(MemberStage.MEMBERS).close(),
        run -> run.store(TotalStage.TOTALS).close(),
        run -> run.store(LatestStage.LATEST).close());
  }

  @ParameterizedTest
  @MethodSource("infrastructureFaults")
  void aStoreThatFailsStopsTheThread(Consumer<TestRun> fault) throws Exception {
    TestRun run = new TestRun(folder);
    run.send(FIRST, CHAIR);
    fault.accept(run);

    assertThatThrownBy(() -> run.send(SECOND, OTHER)).isInstanceOf(KafkaException.class);
    assertThat(run.deadLetters()).isEmpty();
    // It commits at its end, which some of the stores do not let it.
    Throwable atTheEnd = catchThrowable(run::close);
    if (atTheEnd != null) {
      assertThat(atTheEnd).isInstanceOf(InvalidStateStoreException.class);
    }
  }

  @Test
  void kafkasOwnFaultsStopTheThreadAlsoWhereDataIsWorkedOut() throws Exception {
    Aggregate faulty =
        new Faulty() {
          @Override
          public boolean covers(Sale sale) {
            throw new ProcessorStateException("the disk is away");
          }
        };
    try (TestRun run = new TestRun(folder, TestRegistry.URL, with(faulty))) {
      assertThatThrownBy(() -> run.send(FIRST, CHAIR)).hasStackTraceContaining("the disk is away");
      assertThat(run.deadLetters()).isEmpty();
    }
  }

  private static AggregateSet with(Aggregate faulty) {
    List<Aggregate> aggregates = new ArrayList<>();
    AggregateSet.ALL.forEach(
        aggregate -> aggregates.add(aggregate.code() == faulty.code() ? faulty : aggregate));
    return new AggregateSet(aggregates);
  }

  private static List<TestRecord<SpecificRecord, SpecificRecord>> everyRow(TestRun run) {
    List<TestRecord<SpecificRecord, SpecificRecord>> rows = new ArrayList<>();
    Topic.AGGREGATED.forEach(topic -> rows.addAll(run.rows(topic)));
    return rows;
  }

  private static Set<KeyValue<Bytes, String>> state(TestRun run) {
    Set<KeyValue<Bytes, String>> state = new HashSet<>();
    for (String name :
        List.of(
            RecordStage.CONTRIBUTIONS,
            MemberStage.MEMBERS,
            TotalStage.TOTALS,
            LatestStage.LATEST)) {
      try (KeyValueIterator<Bytes, byte[]> all = run.store(name).all()) {
        all.forEachRemaining(
            each -> state.add(KeyValue.pair(each.key, name + Bytes.wrap(each.value))));
      }
    }
    return state;
  }

  private static String header(TestRecord<byte[], byte[]> letter, String name) {
    Header header = letter.headers().lastHeader("__streams.errors." + name);
    return new String(header.value(), StandardCharsets.UTF_8);
  }

  /** {@code daily_address}, to be made faulty. */
  private abstract static class Faulty implements Aggregate {

    private final Aggregate sound =
        AggregateSet.ALL.stream()
            .filter(each -> each.topic() == Topic.DAILY_ADDRESS)
            .findFirst()
            .orElseThrow();

    static void check(Sale sale) {
      if (sale.customerId().equals(FORBIDDEN)) {
        throw new IllegalArgumentException(FORBIDDEN);
      }
    }

    @Override
    public Topic topic() {
      return sound.topic();
    }

    @Override
    public int code() {
      return sound.code();
    }

    @Override
    public boolean covers(Sale sale) {
      return sound.covers(sale);
    }

    @Override
    public void writeKey(Sale sale, ByteWriter key) {
      sound.writeKey(sale, key);
    }

    @Override
    public List<Measure> measures() {
      return sound.measures();
    }

    @Override
    public List<Member> members() {
      return sound.members();
    }

    @Override
    public List<String> label(Sale sale) {
      return sound.label(sale);
    }

    @Override
    public SpecificRecord key(int day, ByteReader key) {
      return sound.key(day, key);
    }

    @Override
    public SpecificRecord row(Totals totals) {
      return sound.row(totals);
    }
  }
}

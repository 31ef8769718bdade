package io.furnistream.endtoend.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.endtoend.stack.CommandProcess;
import io.furnistream.endtoend.stack.RunningStack;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Sales that never stop: one generate after the other, of three days each. */
final class Load implements AutoCloseable {

  private static final LocalDate FIRST = LocalDate.parse("2024-01-01");
  private static final int DAYS_AT_ONCE = 3;
  private static final int RECORDS_A_DAY = 1_000;

  private final RunningStack stack;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Future<List<LocalDate>> work;
  private volatile boolean ending;

  /** Begins. */
  Load(RunningStack stack) {
    this.stack = stack;
    this.work = thread.submit(this::generate);
  }

  /** The records of a day. */
  static int recordsOfADay() {
    return RECORDS_A_DAY;
  }

  /** Every generate so far has ended well. */
  void assertGoesOn() throws Exception {
    if (work.isDone()) {
      work.get();
    }
  }

  /** Ends with the generate that runs, and answers the days of all. */
  List<LocalDate> end() throws Exception {
    ending = true;
    return work.get(RunningStack.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private List<LocalDate> generate() throws Exception {
    List<LocalDate> days = new ArrayList<>();
    LocalDate from = FIRST;
    while (!ending) {
      LocalDate next = from.plusDays(DAYS_AT_ONCE);
      CommandProcess.Result generated =
          stack.run(
              "generate",
              "--from",
              from.toString(),
              "--to",
              next.minusDays(1).toString(),
              "--records",
              Integer.toString(RECORDS_A_DAY));
      assertThat(generated.status()).as(generated.out() + generated.err()).isZero();
      days.addAll(from.datesUntil(next).toList());
      from = next;
    }
    return days;
  }

  @Override
  public void close() {
    ending = true;
    thread.shutdownNow();
  }
}

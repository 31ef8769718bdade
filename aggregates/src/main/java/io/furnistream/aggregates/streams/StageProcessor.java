package io.furnistream.aggregates.streams;

import io.furnistream.aggregates.faults.DataFaultException;
import io.furnistream.aggregates.faults.DeadLetter;
import io.furnistream.aggregates.stages.Stage;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a {@link Stage} in a task of Streams. What the stage collects is flushed into the
 * transaction that also commits the records it came from, so that nothing is lost or sent twice,
 * and nothing collected has to survive a crash. That commit is requested soon after the first
 * change, unless a {@link Pace} says that records arrive too fast for that: then the commit
 * interval decides.
 *
 * <p>What is sent carries the wall clock's time: it is a statement about now, whatever day it is
 * about.
 */
final class StageProcessor<KIn, VIn, KOut, VOut> implements Processor<KIn, VIn, KOut, VOut> {

  private static final Logger LOG = LoggerFactory.getLogger(StageProcessor.class);

  /** How long changes are collected at least. A figure passes three stages. */
  private static final Duration GATHER_AT_LEAST = Duration.ofMillis(150);

  /**
   * How often that is checked; not more often, as Streams takes fewer records in one go after each
   * check.
   */
  private static final Duration CHECK_EVERY = Duration.ofMillis(250);

  private static final long NOTHING_WAITS = -1;

  private static final String DEAD_LETTERS = "-dead-letters";

  private final String name;
  private final Set<String> outputs;
  private final Stage.Factory<KIn, VIn, KOut, VOut> factory;
  private final Pace pace;
  private ProcessorContext<KOut, VOut> context;
  private Stage<KIn, VIn> stage;
  private long waitsSince;

  /**
   * A processor of one task.
   *
   * @param name the processor's
   * @param outputs names of the nodes that take what the stage sends
   */
  StageProcessor(
      String name, Set<String> outputs, Stage.Factory<KIn, VIn, KOut, VOut> factory, Pace pace) {
    this.name = name;
    this.outputs = outputs;
    this.factory = factory;
    this.pace = pace;
  }

  /** Name of the task's {@link BeforeCommit}. */
  static String beforeCommit(String name) {
    return name + "-before-commit";
  }

  /** Name of the sink that takes the letters of a processor. */
  static String deadLetters(String name) {
    return name + DEAD_LETTERS;
  }

  // A task whose state turned out corrupt is opened a second time: what was collected is dropped.
  @Override
  public void init(ProcessorContext<KOut, VOut> context) {
    this.context = context;
    waitsSince = NOTHING_WAITS;
    stage =
        factory.open(
            new Stage.Context<>() {
              @Override
              public int partition() {
                return context.taskId().partition();
              }

              @Override
              public KeyValueStore<Bytes, byte[]> store(String name) {
                return context.getStateStore(name);
              }

              @Override
              public void send(KOut key, VOut value) {
                Record<KOut, VOut> record = new Record<>(key, value, System.currentTimeMillis());
                outputs.forEach(output -> context.forward(record, output));
              }

              @Override
              public void refuse(byte[] part, DataFaultException fault) {
                deadLetter(part, fault);
              }
            });
    BeforeCommit commits = context.getStateStore(beforeCommit(name));
    commits.call(this::flush, context);
    context.schedule(CHECK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::commitIfDue);
  }

  @Override
  public void process(Record<KIn, VIn> record) {
    if (waitsSince == NOTHING_WAITS) {
      waitsSince = context.currentSystemTimeMs();
    }
    stage.take(record.key(), record.value());
  }

  @SuppressWarnings("unchecked") // the sink takes bytes, whatever the stage sends elsewhere
  private void deadLetter(byte[] part, DataFaultException fault) {
    LOG.warn("{} dead-letters {} bytes", name, part.length, fault);
    Record<byte[], byte[]> letter =
        new Record<>(
            null,
            part,
            System.currentTimeMillis(),
            DeadLetter.headers(context.recordMetadata().orElse(null), fault.reason()));
    ((ProcessorContext<byte[], byte[]>) context).forward(letter, deadLetters(name));
  }

  private void flush() {
    stage.flush();
    waitsSince = NOTHING_WAITS;
  }

  private void commitIfDue(long now) {
    if (waitsSince != NOTHING_WAITS
        && now - waitsSince >= GATHER_AT_LEAST.toMillis()
        && !pace.isBusy()) {
      context.commit();
    }
  }
}

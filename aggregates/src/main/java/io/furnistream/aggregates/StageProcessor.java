package io.furnistream.aggregates;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Runs a {@link Stage} in a task of Streams. What the stage gathers is flushed into the transaction
 * that also commits the records it came from, so that nothing is lost or sent twice, and nothing
 * gathered has to outlive a crash.
 *
 * <p>What is sent carries the wall clock's time: it is a statement about now, whatever the day that
 * it is about.
 */
final class StageProcessor<KIn, VIn, KOut, VOut> implements Processor<KIn, VIn, KOut, VOut> {

  private final String beforeCommit;
  private final Stage.Factory<KIn, VIn, KOut, VOut> factory;
  private Stage<KIn, VIn> stage;

  /**
   * A processor of one task.
   *
   * @param beforeCommit name of the task's {@link BeforeCommit}
   */
  StageProcessor(String beforeCommit, Stage.Factory<KIn, VIn, KOut, VOut> factory) {
    this.beforeCommit = beforeCommit;
    this.factory = factory;
  }

  // A task whose state turned out corrupt is opened a second time: what was gathered is dropped.
  @Override
  public void init(ProcessorContext<KOut, VOut> context) {
    stage =
        factory.open(
            new Stage.Surroundings<>() {
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
                context.forward(new Record<>(key, value, System.currentTimeMillis()));
              }
            });
    BeforeCommit commits = context.getStateStore(beforeCommit);
    commits.call(stage::flush, context);
  }

  @Override
  public void process(Record<KIn, VIn> record) {
    stage.take(record.key(), record.value());
  }
}

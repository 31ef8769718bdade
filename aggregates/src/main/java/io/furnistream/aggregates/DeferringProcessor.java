package io.furnistream.aggregates;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A stage that updates its groups with every record and sends them on from time to time. What it
 * has not sent survives a crash, because the marks of {@link ChangedGroups} are committed with the
 * change.
 *
 * <p>What is sent carries the wall clock's time: it is a statement about now, whatever the day that
 * it is about.
 */
abstract class DeferringProcessor<KIn, VIn, KOut, VOut> implements Processor<KIn, VIn, KOut, VOut> {

  private static final int MARKS = 0;
  private static final int GROUPS = 1;

  private final String storeName;
  private final Emission emission;
  private ProcessorContext<KOut, VOut> context;
  private Section groups;
  private ChangedGroups changed;
  private boolean sent;

  DeferringProcessor(String storeName, Emission emission) {
    this.storeName = storeName;
    this.emission = emission;
  }

  // A task whose state turned out corrupt is opened a second time: everything starts over here.
  @Override
  public void init(ProcessorContext<KOut, VOut> context) {
    this.context = context;
    KeyValueStore<Bytes, byte[]> store = context.getStateStore(storeName);
    groups = new Section(store, GROUPS);
    changed = new ChangedGroups(new Section(store, MARKS), groups);
    sent = false;
    open(context, store);
    context.schedule(emission.every(), PunctuationType.WALL_CLOCK_TIME, now -> sendAndCommit());
  }

  /** Opens what the stage needs besides its groups. Sections from 2 are its own. */
  abstract void open(ProcessorContext<KOut, VOut> context, KeyValueStore<Bytes, byte[]> store);

  @Override
  public final void process(Record<KIn, VIn> record) {
    update(record.key(), record.value());
    if (changed.size() >= emission.bound()) {
      changed.drain(this::send);
    }
  }

  /** Brings the state up to date with one record. */
  abstract void update(KIn key, VIn value);

  /** Sends a group on as it stands now. */
  abstract void send(byte[] groupKey);

  /** The state of each group. A group stays until it has been sent. */
  final Section groups() {
    return groups;
  }

  final void markChanged(byte[] groupKey) {
    changed.add(groupKey);
  }

  final void forward(KOut key, VOut value) {
    context.forward(new Record<>(key, value, context.currentSystemTimeMs()));
    sent = true;
  }

  private void sendAndCommit() {
    changed.drain(this::send);
    if (sent) {
      // The next stage reads what is committed: it need not wait for the commit interval.
      context.commit();
      sent = false;
    }
  }
}

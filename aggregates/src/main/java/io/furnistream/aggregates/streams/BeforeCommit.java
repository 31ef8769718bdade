package io.furnistream.aggregates.streams;

import java.util.Map;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorNode;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;

/**
 * Calls a task's processor in the moment before each of the task's commits, whatever the commit is
 * for: the interval, a rebalance, the end. It is a store that holds nothing: Streams flushes the
 * caches of stores before it commits, and a cache may send records on then (this is how a cached
 * KTable works).
 *
 * <p>Streams offers no such call in its public API. Only this class uses the internal classes
 * behind it.
 */
final class BeforeCommit implements StateStore, CachedStateStore<Object, Object> {

  private final String name;
  private InternalProcessorContext<?, ?> context;
  private ProcessorNode<?, ?, ?, ?> node;
  private Runnable action;
  private boolean open;

  private BeforeCommit(String name) {
    this.name = name;
  }

  /** Calls {@code action} from now on, in the name of the processor that is being opened. */
  void call(Runnable action, ProcessorContext<?, ?> processor) {
    this.context = (InternalProcessorContext<?, ?>) processor;
    this.node = context.currentNode();
    this.action = action;
  }

  @Override
  public void flushCache() {
    if (action == null) {
      return;
    }
    ProcessorNode<?, ?, ?, ?> before = context.currentNode();
    context.setCurrentNode(node);
    try {
      action.run();
    } finally {
      context.setCurrentNode(before);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void init(StateStoreContext stateStoreContext, StateStore root) {
    stateStoreContext.register(
        root,
        (key, value) -> {
          throw new IllegalStateException(name + " holds nothing to restore");
        });
    open = true;
  }

  @Override
  public void close() {
    open = false;
    action = null;
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public boolean setFlushListener(CacheFlushListener<Object, Object> listener, boolean oldValues) {
    return false;
  }

  @Override
  public void clearCache() {
    // It holds nothing.
  }

  /** How a topology gets one for each task. */
  static StoreBuilder<BeforeCommit> builder(String name) {
    return new Builder(name);
  }

  private record Builder(String name) implements StoreBuilder<BeforeCommit> {

    @Override
    public BeforeCommit build() {
      return new BeforeCommit(name);
    }

    @Override
    public StoreBuilder<BeforeCommit> withCachingEnabled() {
      return this;
    }

    @Override
    public StoreBuilder<BeforeCommit> withCachingDisabled() {
      return this;
    }

    @Override
    public StoreBuilder<BeforeCommit> withLoggingEnabled(Map<String, String> config) {
      return this;
    }

    @Override
    public StoreBuilder<BeforeCommit> withLoggingDisabled() {
      return this;
    }

    @Override
    public Map<String, String> logConfig() {
      return Map.of();
    }

    @Override
    public boolean loggingEnabled() {
      return false;
    }
  }
}

package io.furnistream.endtoend.stack;

import io.furnistream.stack.process.Memory;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.engine.support.hierarchical.ParallelExecutionConfiguration;
import org.junit.platform.engine.support.hierarchical.ParallelExecutionConfigurationStrategy;

/**
 * How many suites run at a time: one on each kind of stack, since they wait more than they work;
 * one in all where the machine has no memory for two stacks.
 */
public final class StacksAtOnce implements ParallelExecutionConfigurationStrategy {

  /** Of both stacks, the browser and this JVM: about 8 GB were seen. */
  private static final long NEEDED = 12L << 30;

  private static final int COUNT = count();

  /** Whether one kind of stack must be stopped before the other starts. */
  static boolean isOne() {
    return COUNT == 1;
  }

  private static int count() {
    try {
      return Memory.available() < NEEDED ? 1 : 2;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public ParallelExecutionConfiguration createConfiguration(ConfigurationParameters parameters) {
    return new ParallelExecutionConfiguration() {
      @Override
      public int getParallelism() {
        return COUNT;
      }

      @Override
      public int getMinimumRunnable() {
        return COUNT;
      }

      @Override
      public int getMaxPoolSize() {
        return COUNT;
      }

      @Override
      public int getCorePoolSize() {
        return COUNT;
      }

      @Override
      public int getKeepAliveSeconds() {
        return 30;
      }
    };
  }
}

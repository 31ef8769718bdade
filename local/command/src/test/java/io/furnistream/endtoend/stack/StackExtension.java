package io.furnistream.endtoend.stack;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives suites the stack that they name as a parameter, a {@link CoreStack} or a {@link FullStack}.
 * All suites of one run share it: it starts when the first asks for it, is up again for each test
 * that follows one that has stopped it, and is gone after the last. The other is stopped meanwhile
 * where the machine does not hold both.
 */
final class StackExtension implements ParameterResolver {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(StackExtension.class);

  private static final Map<Class<?>, Callable<RunningStack>> STACKS =
      Map.of(CoreStack.class, CoreStack::withDemo, FullStack.class, FullStack::withDemo);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return STACKS.containsKey(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> kind = parameter.getParameter().getType();
    ExtensionContext.Store stacks = context.getRoot().getStore(NAMESPACE);
    try {
      if (StacksAtOnce.isOne()) {
        stopOthers(kind, stacks);
      }
      RunningStack stack =
          stacks.computeIfAbsent(kind, StackExtension::start, Started.class).stack();
      stack.ensureUp();
      return stack;
    } catch (Exception e) {
      throw new ParameterResolutionException("The stack is not up", e);
    }
  }

  private static void stopOthers(Class<?> kind, ExtensionContext.Store stacks) throws Exception {
    for (Class<?> other : STACKS.keySet()) {
      Started started = other == kind ? null : stacks.get(other, Started.class);
      if (started != null && started.failure == null) {
        started.stack.ensureDown();
      }
    }
  }

  private static Started start(Class<?> kind) {
    try {
      return new Started(STACKS.get(kind).call(), null);
    } catch (Exception | AssertionError e) {
      return new Started(null, e);
    }
  }

  /** A stack that has started, or why it has not: each test says it, and none tries again. */
  private record Started(RunningStack stack, Throwable failure) implements AutoCloseable {

    @Override
    public RunningStack stack() {
      if (failure != null) {
        throw new IllegalStateException("It did not start", failure);
      }
      return stack;
    }

    @Override
    public void close() throws IOException {
      if (stack != null) {
        stack.close();
      }
    }
  }
}

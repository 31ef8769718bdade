package io.furnistream.endtoend.stack;

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
    RunningStack stack;
    try {
      for (Class<?> other : STACKS.keySet()) {
        RunningStack running = stacks.get(other, RunningStack.class);
        if (other != kind && running != null && StacksAtOnce.isOne()) {
          running.ensureDown();
        }
      }
      stack = stacks.computeIfAbsent(kind, StackExtension::start, RunningStack.class);
      stack.ensureUp();
    } catch (Exception e) {
      throw new ParameterResolutionException("The stack is not up", e);
    }
    return stack;
  }

  private static RunningStack start(Class<?> kind) {
    try {
      return STACKS.get(kind).call();
    } catch (Exception e) {
      throw new ParameterResolutionException("No " + kind.getSimpleName() + " has started", e);
    }
  }
}

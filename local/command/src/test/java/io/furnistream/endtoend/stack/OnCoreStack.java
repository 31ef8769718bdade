package io.furnistream.endtoend.stack;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A suite on the {@link CoreStack} that all such suites share, which its constructor takes: one
 * suite at a time, in any order, beside suites on another stack.
 */
@ExtendWith(StackExtension.class)
@ResourceLock("core stack")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface OnCoreStack {}

package io.furnistream.stack.process;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A child process to start.
 *
 * @param command program and arguments; no shell reads them, and they contain no secret
 * @param environment variables that it gets in addition to those of {@link ChildEnvironment}
 * @param directory its working directory
 */
public record ProcessSpec(List<String> command, Map<String, String> environment, Path directory) {

  /** The same with more variables. */
  public ProcessSpec with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(more);
    return new ProcessSpec(command, all, directory);
  }
}

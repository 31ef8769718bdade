package io.furnistream.stack;

import io.furnistream.schemas.AvroLimits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Command lines of Java services: capped heaps, and a word in the log when the heap was too small.
 */
final class Jvm {

  /** Few malloc arenas: native memory of a JVM with many threads stays near what it uses. */
  static final Map<String, String> ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "2");

  private final List<String> command = new ArrayList<>();

  private Jvm() {}

  /**
   * A JVM of the same JDK as this one.
   *
   * @param heapMegabytes largest heap, in MiB
   * @param temporary where libraries in machine code are unpacked and loaded from
   */
  static Jvm withHeap(int heapMegabytes, Path temporary) {
    Jvm jvm = new Jvm();
    jvm.command.add(executable().toString());
    // Connect's worker, too, which has no class of ours.
    AvroLimits.PROPERTIES.forEach(jvm::property);
    return jvm.option("-Xmx" + heapMegabytes + "m")
        .option("-XX:+UseSerialGC")
        .option("-XX:+ExitOnOutOfMemoryError")
        .option("-Duser.timezone=UTC")
        .option("-Dfile.encoding=UTF-8")
        .property("java.io.tmpdir", temporary);
  }

  /** The program that runs this very process. */
  static Path executable() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  Jvm option(String option) {
    command.add(option);
    return this;
  }

  Jvm options(List<String> options) {
    command.addAll(options);
    return this;
  }

  Jvm property(String name, Object value) {
    return option("-D" + name + "=" + value);
  }

  /** Runs a main class with every jar of a folder on its class path. */
  List<String> main(Path libraries, String mainClass, String... arguments) {
    return main(libraries.resolve("*").toString(), mainClass, arguments);
  }

  /** Runs a main class with a class path in Java's own syntax. */
  List<String> main(String classPath, String mainClass, String... arguments) {
    command.addAll(List.of("-cp", classPath, mainClass));
    command.addAll(List.of(arguments));
    return List.copyOf(command);
  }

  /** Runs an executable jar. */
  List<String> jar(Path jar) {
    command.addAll(List.of("-jar", jar.toString()));
    return List.copyOf(command);
  }
}

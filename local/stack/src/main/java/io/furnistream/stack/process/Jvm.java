package io.furnistream.stack.process;

import io.furnistream.schemas.AvroLimits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Command lines of Java services: capped heaps, and a line in the log when the heap was too small.
 */
public final class Jvm {

  /** Few malloc arenas: native memory of a JVM with many threads stays near what it uses. */
  public static final Map<String, String> ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "2");

  /** The variable of the environment whose words are added to the options of every service. */
  public static final String OPTIONS_VARIABLE = "FURNISTREAM_JVM_OPTS";

  private final List<String> command = new ArrayList<>();

  private Jvm() {}

  /**
   * A JVM of the same JDK as this one.
   *
   * @param heapMegabytes largest heap, in MiB
   * @param temporary where libraries in machine code are unpacked and loaded from
   */
  public static Jvm withHeap(int heapMegabytes, Path temporary) {
    Jvm jvm = new Jvm();
    jvm.command.add(executable().toString());
    // Also for Connect's worker, which has no class of ours.
    AvroLimits.PROPERTIES.forEach(jvm::property);
    return jvm.option("-Xmx" + heapMegabytes + "m")
        .option("-XX:+UseSerialGC")
        .option("-XX:+ExitOnOutOfMemoryError")
        .option("-Duser.timezone=UTC")
        .option("-Dfile.encoding=UTF-8")
        .property("java.io.tmpdir", temporary)
        .options(ofUser(System.getenv(OPTIONS_VARIABLE)));
  }

  private static List<String> ofUser(String options) {
    return options == null || options.isBlank()
        ? List.of()
        : List.of(options.strip().split("\\s+", -1));
  }

  /** The program that runs this very process. */
  public static Path executable() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /** Adds an option, as it is written on a command line. */
  public Jvm option(String option) {
    command.add(option);
    return this;
  }

  /** Adds several options. */
  public Jvm options(List<String> options) {
    command.addAll(options);
    return this;
  }

  /** Sets a system property. */
  public Jvm property(String name, Object value) {
    return option("-D" + name + "=" + value);
  }

  /** Runs a main class with every jar of a folder on its class path. */
  public List<String> main(Path libraries, String mainClass, String... arguments) {
    return main(libraries.resolve("*").toString(), mainClass, arguments);
  }

  /** Runs a main class with a class path in Java's own syntax. */
  public List<String> main(String classPath, String mainClass, String... arguments) {
    command.addAll(List.of("-cp", classPath, mainClass));
    command.addAll(List.of(arguments));
    return List.copyOf(command);
  }

  /** Runs an executable jar. */
  public List<String> jar(Path jar) {
    command.addAll(List.of("-jar", jar.toString()));
    return List.copyOf(command);
  }
}

package io.furnistream.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The Maven modules of the checkout that have Java code of ours, as the poms list them. */
final class Modules {

  static final String OURS = "io.furnistream.";

  private static final Path HOME = Path.of(System.getProperty("furnistream.home"));

  /** What follows {@link #OURS} in the packages of a folder, where it is not the folder's path. */
  private static final Map<String, String> NAMES =
      Map.of(
          "local/stack", "stack",
          "local/python", "python",
          "local/command", "command",
          "benchmarks/transforms", "benchmarks");

  private Modules() {}

  /** Folders of all modules with Java, each as a path from the checkout. */
  static List<String> folders() {
    List<String> folders = new ArrayList<>();
    collect("", folders);
    // The others bring archives that are not ours.
    folders.removeIf(folder -> !Files.isDirectory(HOME.resolve(folder).resolve("src/main/java")));
    return folders;
  }

  private static void collect(String parent, List<String> folders) {
    NodeList modules = pom(HOME.resolve(parent)).getElementsByTagName("module");
    for (int i = 0; i < modules.getLength(); i++) {
      String folder = parent + modules.item(i).getTextContent().strip();
      folders.add(folder);
      collect(folder + "/", folders);
    }
  }

  private static Document pom(Path folder) {
    try {
      return DocumentBuilderFactory.newDefaultInstance()
          .newDocumentBuilder()
          .parse(folder.resolve("pom.xml").toFile());
    } catch (Exception e) {
      throw new AssertionError("No pom can be read in " + folder, e);
    }
  }

  /** The name by which rules call the module in a folder: the part of its packages after ours. */
  static String name(String folder) {
    return NAMES.getOrDefault(folder, folder);
  }

  /** Where a module's classes are, which must have been compiled. */
  static Path classes(String folder) {
    Path classes = HOME.resolve(folder).resolve("target/classes");
    assertThat(Files.isDirectory(classes))
        .as("%s is there; mvn -pl %s -am test-compile makes it", classes, folder)
        .isTrue();
    return classes;
  }
}

package io.furnistream.stack.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The checkout that the platform runs from: where the Maven build left each class path, and where
 * the connectors and migrations are.
 *
 * @param root absolute path of the checkout
 */
public record Home(Path root) {

  /** System property that the {@code furnistream} command sets to the checkout's root. */
  public static final String PROPERTY = "furnistream.home";

  /** Variable by which the connectors' files name the folder of the rules. */
  public static final String RULES = "FURNISTREAM_RULES";

  /** Variable by which the connectors' files name the folder of the tables that they look up in. */
  public static final String REFERENCE = "FURNISTREAM_REFERENCE";

  /**
   * The checkout named by the system property {@value #PROPERTY}.
   *
   * @throws IllegalStateException when it is not set: every way in sets it
   */
  public static Home fromSystemProperty() {
    String root = System.getProperty(PROPERTY);
    if (root == null) {
      throw new IllegalStateException("The system property " + PROPERTY + " is not set");
    }
    return new Home(Path.of(root).toAbsolutePath().normalize());
  }

  /** The class path of a service that is not ours: what its module in local/runtime brought. */
  public Path runtime(String service) {
    return root.resolve("local/runtime").resolve(service).resolve("target/lib");
  }

  /** The one jar of a folder whose name begins so, whatever its version. */
  public static Path jar(Path folder, String prefix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .filter(file -> file.getFileName().toString().endsWith(".jar"))
          .findFirst()
          .orElseThrow(() -> new IOException("No " + prefix + "*.jar in " + folder));
    }
  }

  /** Folders whose children are Connect plugins, one folder a plugin. */
  public List<Path> pluginFolders() {
    return List.of(
        root.resolve("transforms/target/plugins"), root.resolve("connectors/target/plugins"));
  }

  /** One JSON file for each running connector. */
  public Path connectors() {
    return root.resolve("connectors");
  }

  /** The rules by which records are screened, a file for each key and value. */
  public Path rules() {
    return root.resolve("schemas/src/main/rules");
  }

  /** The settings of the platform on a cluster of three. */
  public Path clusterSettings() {
    return root.resolve("local/stack/src/main/settings/cluster.properties");
  }

  /** The tables that transforms look up in. */
  public Path reference() {
    return root.resolve("connectors/reference");
  }

  /** The DAGs, and the requirements that Airflow is installed from. */
  public Path airflow() {
    return root.resolve("airflow");
  }

  /** Superset's settings, its dashboards, and the requirements that it is installed from. */
  public Path superset() {
    return root.resolve("superset");
  }

  /** Where the base map's tiles are drawn. */
  public Path baseMaps() {
    return root.resolve("local/target/base-map");
  }

  /** Where virtual environments are created: {@code mvn clean} does not delete them. */
  public Path pythonEnvironments() {
    return root.resolve("local/target/python");
  }

  /** The jobs as an executable jar, with its libraries next to it. */
  public Path jobsJar() {
    return root.resolve("jobs/target/jobs/furnistream-jobs.jar");
  }
}

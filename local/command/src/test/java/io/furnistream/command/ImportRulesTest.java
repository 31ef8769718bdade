package io.furnistream.command;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What may import what. The READMEs of the modules say the same in words. */
class ImportRulesTest {

  private static final String OURS = "io.furnistream.";

  /** Folders by module, which is also the first part of its package. */
  private static final Map<String, String> FOLDERS =
      Map.of(
          "stack", "local/stack",
          "command", "local/command");

  /** For each module what it may import of ours other than itself. */
  private static final Map<String, Set<String>> MAY_IMPORT =
      Map.ofEntries(
          Map.entry("cli", Set.of()),
          Map.entry("testing", Set.of("cli")),
          Map.entry("screening", Set.of()),
          Map.entry("registry", Set.of()),
          Map.entry("schemas", Set.of("screening")),
          Map.entry("superset", Set.of("cli")),
          Map.entry("stack", Set.of("cli", "schemas", "superset")),
          Map.entry("datagen", Set.of("cli", "schemas")),
          Map.entry("stores", Set.of("cli", "schemas")),
          Map.entry("verify", Set.of("cli", "schemas", "registry", "screening", "stores")),
          Map.entry("rollup", Set.of("cli", "schemas", "stores")),
          Map.entry("aggregates", Set.of("cli", "schemas", "registry", "screening")),
          Map.entry("transforms", Set.of("screening")),
          Map.entry("connectors", Set.of("registry")),
          Map.entry("preview", Set.of("cli", "schemas", "connectors")),
          Map.entry("jobs", Set.of("cli", "datagen", "stores", "verify", "rollup")),
          Map.entry(
              "command",
              Set.of(
                  "cli",
                  "datagen",
                  "jobs",
                  "preview",
                  "rollup",
                  "schemas",
                  "stack",
                  "stores",
                  "superset",
                  "verify")));

  /** Libraries that a module does without, so that it stays what it is for. */
  private static final Map<String, List<String>> NO_LIBRARIES =
      Map.of(
          "screening", List.of("org.apache.kafka..", "org.apache.avro..", "picocli.."),
          "registry",
              List.of("picocli..", "org.apache.kafka.connect..", "org.apache.kafka.streams.."),
          "schemas",
              List.of(
                  "picocli..", "com.datastax..", "org.postgresql..", "org.apache.kafka.connect.."),
          "datagen",
              List.of(
                  "org.apache.kafka.connect..",
                  "org.apache.kafka.streams..",
                  "com.datastax..",
                  "java.sql.."),
          "aggregates", List.of("org.apache.kafka.connect..", "com.datastax..", "java.sql.."),
          "transforms", List.of("picocli..", "com.datastax..", "org.apache.kafka.streams.."),
          "stack", List.of("org.apache.kafka.connect..", "org.apache.kafka.streams.."));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importPaths(MAY_IMPORT.keySet().stream().map(ImportRulesTest::classes).toList());

  private static Path classes(String module) {
    return Path.of(System.getProperty("furnistream.home"))
        .resolve(FOLDERS.getOrDefault(module, module))
        .resolve("target/classes");
  }

  static Stream<String> modules() {
    return MAY_IMPORT.keySet().stream().sorted();
  }

  private static String in(String module) {
    return OURS + module + "..";
  }

  @ParameterizedTest
  @MethodSource("modules")
  void aModuleImportsNoMoreOfOursThanItMay(String module) {
    String[] allowed =
        Stream.concat(Stream.of(module), MAY_IMPORT.get(module).stream())
            .map(ImportRulesTest::in)
            .toArray(String[]::new);

    noClasses()
        .that()
        .resideInAPackage(in(module))
        .should()
        .dependOnClassesThat(resideInAPackage(OURS + ".").and(not(resideInAnyPackage(allowed))))
        .check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void packagesOfAModuleHaveNoCycles(String module) {
    slices()
        .matching(OURS + module + ".(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("modulesWithoutLibraries")
  void aModuleDoesWithoutLibrariesThatAreNotItsOwn(String module) {
    noClasses()
        .that()
        .resideInAPackage(in(module))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(NO_LIBRARIES.get(module).toArray(String[]::new))
        .check(CLASSES);
  }

  static Stream<String> modulesWithoutLibraries() {
    return NO_LIBRARIES.keySet().stream().sorted();
  }

  @Test
  void everyModuleHasItsRules() {
    Set<String> found = new TreeSet<>();
    for (JavaClass each : CLASSES) {
      String name = each.getPackageName();
      assertThat(name).startsWith(OURS);
      found.add(name.substring(OURS.length()).split("\\.", 2)[0]);
    }

    assertThat(found).isEqualTo(new TreeSet<>(MAY_IMPORT.keySet()));
  }
}

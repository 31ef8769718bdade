package io.furnistream.command;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.furnistream.command.Modules.OURS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What may import what. The READMEs of the modules say the same in words. */
class ImportRulesTest {

  /** For each module what it may import of ours beside itself. */
  private static final Map<String, Set<String>> MAY_IMPORT =
      Map.ofEntries(
          Map.entry("cli", Set.of()),
          Map.entry("testing", Set.of("cli", "schemas")),
          Map.entry("screening", Set.of()),
          Map.entry("registry", Set.of()),
          Map.entry("schemas", Set.of("cli", "screening")),
          Map.entry("superset", Set.of("cli")),
          Map.entry("provision", Set.of("cli", "schemas", "stores")),
          Map.entry("stack", Set.of("cli", "schemas", "provision", "superset")),
          Map.entry("producing", Set.of("cli", "schemas")),
          Map.entry("parquet", Set.of("cli", "schemas")),
          Map.entry("datagen", Set.of("cli", "schemas", "producing", "parquet", "stores")),
          Map.entry("replay", Set.of("cli", "schemas", "screening", "producing", "stores")),
          Map.entry("stores", Set.of("cli", "schemas")),
          Map.entry("verify", Set.of("cli", "schemas", "registry", "screening", "stores")),
          Map.entry("rollup", Set.of("cli", "schemas", "stores", "parquet")),
          Map.entry("aggregates", Set.of("cli", "schemas", "registry", "screening")),
          Map.entry("transforms", Set.of("screening")),
          Map.entry("connectors", Set.of("registry")),
          Map.entry("preview", Set.of("cli", "schemas", "connectors")),
          Map.entry("python", Set.of("stack")),
          Map.entry(
              "benchmarks",
              Set.of(
                  "cli",
                  "schemas",
                  "datagen",
                  "producing",
                  "replay",
                  "transforms",
                  "aggregates",
                  "provision",
                  "rollup",
                  "stores",
                  "verify",
                  "stack")),
          Map.entry(
              "jobs",
              Set.of("cli", "datagen", "provision", "replay", "stores", "verify", "rollup")),
          Map.entry(
              "command",
              Set.of(
                  "cli",
                  "datagen",
                  "jobs",
                  "preview",
                  "provision",
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

  private static final List<String> FOLDERS = Modules.folders();

  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPaths(FOLDERS.stream().map(Modules::classes).toList());

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
    assertThat(FOLDERS.stream().map(Modules::name).distinct())
        .as("The modules of the poms, and those that rules are here for")
        .containsExactlyInAnyOrderElementsOf(MAY_IMPORT.keySet());
  }

  static Stream<String> folders() {
    return FOLDERS.stream();
  }

  @ParameterizedTest
  @MethodSource("folders")
  void classesOfAModuleAreInItsOwnPackage(String folder) throws IOException {
    Path classes = Modules.classes(folder);
    Path own = classes.resolve((OURS + Modules.name(folder)).replace('.', '/'));
    try (Stream<Path> files = Files.walk(classes)) {
      assertThat(files.filter(each -> each.toString().endsWith(".class")))
          .isNotEmpty()
          .allMatch(each -> each.startsWith(own));
    }
  }
}

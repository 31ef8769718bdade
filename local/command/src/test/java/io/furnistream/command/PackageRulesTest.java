package io.furnistream.command;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.furnistream.command.Modules.OURS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the packages of a module may use. The module's README says the same in words. */
class PackageRulesTest {

  private static final String STACK = OURS + "stack";
  private static final String AGGREGATES = OURS + "aggregates";
  private static final String CONNECTORS = OURS + "connectors.";
  private static final String DATAGEN = OURS + "datagen";

  /** Packages of a module of which each uses those before it alone. */
  private static final List<List<String>> ORDERS =
      List.of(
          List.of(
              STACK + ".state",
              STACK + ".process",
              STACK + ".python",
              STACK + ".services",
              STACK + ".supervisor",
              STACK),
          List.of(
              AGGREGATES + ".tables",
              AGGREGATES + ".reading",
              AGGREGATES + ".faults",
              AGGREGATES + ".stages",
              AGGREGATES + ".streams",
              AGGREGATES),
          List.of(
              DATAGEN + ".store",
              DATAGEN + ".demand",
              DATAGEN + ".faults",
              DATAGEN + ".pipeline",
              DATAGEN + ".sink",
              DATAGEN + ".sales",
              DATAGEN + ".live",
              DATAGEN));

  /** What each package of connectors may use beside itself and what any worker has. */
  private static final Map<String, List<String>> OF_CONNECTORS =
      Map.of(
          "avro", List.of("io.confluent..", OURS + "registry.."),
          "cassandra",
              List.of(
                  "com.datastax.oss..",
                  "com.typesafe.config..",
                  CONNECTORS + "check",
                  CONNECTORS + "sink"),
          "check", List.of("org.apache.commons.text..", "org.apache.kafka.connect.runtime"),
          "postgres",
              List.of(
                  "io.debezium..", "org.hibernate..", CONNECTORS + "check", CONNECTORS + "sink"),
          "secrets", List.of("com.fasterxml.jackson.core..", "jakarta.ws.rs.."),
          "sink", List.of());

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importPaths(
              Modules.classes("local/stack"),
              Modules.classes("aggregates"),
              Modules.classes("datagen"),
              Modules.classes("connectors"));

  static Stream<List<String>> orders() {
    return ORDERS.stream();
  }

  @ParameterizedTest
  @MethodSource("orders")
  void aPackageUsesThoseBeforeItAlone(List<String> order) {
    for (int i = 0; i < order.size() - 1; i++) {
      noClasses()
          .that()
          .resideInAPackage(order.get(i))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(order.subList(i + 1, order.size()).toArray(String[]::new))
          .check(CLASSES);
    }
  }

  @ParameterizedTest
  @MethodSource("orders")
  void everyPackageHasItsPlaceInTheOrder(List<String> order) {
    assertThat(packagesIn(order.get(order.size() - 1))).containsExactlyInAnyOrderElementsOf(order);
  }

  static Stream<String> packagesOfConnectors() {
    return OF_CONNECTORS.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("packagesOfConnectors")
  void aPackageOfConnectorsUsesItsLibrariesAlone(String name) {
    String itself = CONNECTORS + name;
    DescribedPredicate<JavaClass> itsOwn =
        resideInAnyPackage(OF_CONNECTORS.get(name).toArray(String[]::new));

    classes()
        .that()
        .resideInAPackage(itself)
        .should()
        .onlyDependOnClassesThat(ofAnyWorker().or(resideInAPackage(itself)).or(itsOwn))
        .check(CLASSES);
  }

  /** Java, Connect's API, Kafka's clients. */
  private static DescribedPredicate<JavaClass> ofAnyWorker() {
    return resideInAnyPackage(
            "java..",
            "org.slf4j",
            "org.apache.kafka.clients..",
            "org.apache.kafka.common..",
            "org.apache.kafka.connect..")
        .and(not(resideInAPackage("org.apache.kafka.connect.runtime..")));
  }

  @Test
  void everyPackageOfConnectorsHasItsLibraries() {
    assertThat(packagesIn(OURS + "connectors"))
        .containsExactlyInAnyOrderElementsOf(
            OF_CONNECTORS.keySet().stream().map(name -> CONNECTORS + name).toList());
  }

  private static List<String> packagesIn(String module) {
    return CLASSES.stream()
        .map(JavaClass::getPackageName)
        .filter(each -> each.equals(module) || each.startsWith(module + "."))
        .distinct()
        .toList();
  }
}

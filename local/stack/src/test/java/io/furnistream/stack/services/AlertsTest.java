package io.furnistream.stack.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The alerts ask for what the exporter exports. */
class AlertsTest {

  private static final Path MONITORING = Path.of("../../monitoring");
  private static final Pattern METRIC = Pattern.compile("\\b[a-z]+_[a-z0-9_]+(?=[{\\[) ])");
  private static final Pattern OBJECT = Pattern.compile("(.+):type=([^,]+)(?:,.*)?");

  /** As Prometheus' language has them in these rules, which are no metrics. */
  private static final Set<String> OTHER_WORDS = Set.of("client_id");

  @Test
  void everyMetricOfAnAlertIsOfAnObjectThatIsExported() throws IOException {
    List<String> exported = new ArrayList<>();
    for (Object object : (List<?>) read("jmx-exporter.yaml").get("includeObjectNames")) {
      exported.add(
          OBJECT
              .matcher(object.toString())
              .replaceAll("$1_$2_")
              .replaceAll("[.-]", "_")
              .toLowerCase(Locale.ROOT));
    }
    Set<String> names = new HashSet<>();
    for (Map<?, ?> rule : rules()) {
      List<String> metrics =
          METRIC
              .matcher(rule.get("expr").toString())
              .results()
              .map(MatchResult::group)
              .filter(word -> !OTHER_WORDS.contains(word))
              .toList();
      assertThat(metrics)
          .as(rule.get("alert").toString())
          .allMatch(metric -> exported.stream().anyMatch(metric::startsWith));
      names.addAll(metrics);
    }
    assertThat(names).hasSizeGreaterThan(12);
  }

  @Test
  void everyAlertHasANameOfItsOwnAndSaysWhatItMeans() throws IOException {
    Set<String> names = new HashSet<>();
    for (Map<?, ?> rule : rules()) {
      assertThat(names.add(rule.get("alert").toString())).as(rule.toString()).isTrue();
      assertThat(((Map<?, ?>) rule.get("annotations")).get("summary").toString()).isNotBlank();
      assertThat(((Map<?, ?>) rule.get("labels")).get("severity")).isIn("warning", "critical");
    }
  }

  private static List<Map<?, ?>> rules() throws IOException {
    List<Map<?, ?>> rules = new ArrayList<>();
    for (Object group : (List<?>) read("alerts.yaml").get("groups")) {
      for (Object rule : (List<?>) ((Map<?, ?>) group).get("rules")) {
        rules.add((Map<?, ?>) rule);
      }
    }
    return rules;
  }

  private static Map<String, Object> read(String file) throws IOException {
    try (Reader reader = Files.newBufferedReader(MONITORING.resolve(file))) {
      return new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
    }
  }
}

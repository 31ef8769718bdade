package io.furnistream.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a worker does with a configuration before it makes a connector of it. */
class ValidationTest {

  @SuppressWarnings("rawtypes") // as the service loader gives them
  static Stream<Transformation> transforms() {
    return ServiceLoader.load(Transformation.class).stream()
        .filter(found -> found.type().getName().startsWith("io.furnistream."))
        .map(ServiceLoader.Provider::get);
  }

  /** A worker answers 500, with a stack trace, where a check throws something else. */
  @ParameterizedTest
  @MethodSource("transforms")
  void theErrorNamesThePropertyWhateverItHolds(Transformation<?> transform) {
    ConfigDef definition = transform.config();
    for (String property : definition.names()) {
      List<String> texts = new ArrayList<>(List.of("", " ", ",", "\0", "${", "a..b", "-1", "é\n"));
      texts.add(null);
      for (String text : texts) {
        Map<String, String> properties = new HashMap<>();
        properties.put(property, text);
        for (ConfigValue value : definition.validate(properties)) {
          assertThat(value.errorMessages())
              .as("%s=%s", property, text)
              .allSatisfy(message -> assertThat(message).contains(value.name()));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("transforms")
  void everyPropertyIsChecked(Transformation<?> transform) {
    for (ConfigDef.ConfigKey property : transform.config().configKeys().values()) {
      if (property.type != ConfigDef.Type.BOOLEAN) {
        assertThat(property.validator).as(property.name).isNotNull();
        assertThat(property.validator.toString())
            .as("what %s takes", property.name)
            .doesNotContain("@");
      }
    }
  }
}

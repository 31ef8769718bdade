package io.furnistream.connectors.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.runtime.SinkConnectorConfig;

/**
 * Names the properties of a sink connector's configuration that nothing would read, its
 * transforms', predicates', converters' and clients' among them. Kafka Connect ignores such a
 * property: a transform whose name is misspelled is one that does not run.
 *
 * <p>To be called where Connect calls {@code Connector.validate}: the thread's class loader must be
 * one that finds the plugins.
 */
public final class PropertyCheck {

  private static final List<String> CONVERTERS =
      List.of("key.converter", "value.converter", "header.converter");

  private final KnownNames names;
  private final List<ForwardedProperties> forwarded = new ArrayList<>();
  private final boolean complete;

  private PropertyCheck(
      Collection<String> connector, Map<String, Set<String>> namesByPrefix, boolean complete) {
    Set<String> known = new HashSet<>(SinkConnectorConfig.configDef().names());
    known.addAll(connector);
    names = new KnownNames(known);
    namesByPrefix.forEach(
        (prefix, behind) -> forwarded.add(new ForwardedProperties(prefix, new KnownNames(behind))));
    ForwardedProperties.CLIENTS.forEach(
        (client, behind) -> forwarded.add(new ForwardedProperties(client + "override.", behind)));
    this.complete = complete;
  }

  /**
   * A check of a connector that reads these names and no other.
   *
   * @param names that the connector reads, in addition to Connect's own
   * @param namesByPrefix prefixes of properties that it passes on, each with the names that are
   *     known behind it; none where any name is allowed there
   */
  public static PropertyCheck complete(
      Collection<String> names, Map<String, Set<String>> namesByPrefix) {
    return new PropertyCheck(names, namesByPrefix, true);
  }

  /**
   * A check of a connector that may read further names. Of the names at its top only misspelled
   * ones are reported.
   *
   * @param names that the connector is known to read, in addition to Connect's own
   */
  public static PropertyCheck lenient(Collection<String> names) {
    return new PropertyCheck(names, Map.of(), false);
  }

  /** Adds an error to a validation's result for each property that nothing reads. */
  public Config addTo(Config result, Map<String, String> properties) {
    List<ConfigValue> values = new ArrayList<>(result.configValues());
    complaints(properties)
        .forEach(
            (property, complaint) -> {
              // Without its value, which may be a secret.
              ConfigValue value = new ConfigValue(property);
              value.addErrorMessage(complaint);
              values.add(value);
            });
    return new Config(values);
  }

  /** What is wrong with each property that nothing reads, with the name that was probably meant. */
  public Map<String, String> complaints(Map<String, String> configuration) {
    Map<String, String> properties = new TreeMap<>(configuration);
    // Connect itself refuses null.
    properties.values().removeIf(Objects::isNull);
    AliasedPlugins transforms = AliasedPlugins.transforms(properties);
    AliasedPlugins predicates = AliasedPlugins.predicates(properties);
    List<ForwardedProperties> prefixes = new ArrayList<>(forwarded);
    CONVERTERS.forEach(
        converter ->
            prefixes.add(
                new ForwardedProperties(converter + ".", converterNames(converter, properties))));
    Map<String, String> complaints = new TreeMap<>();
    for (String property : properties.keySet()) {
      Optional<String> complaint =
          property.startsWith(transforms.prefix())
              ? transforms.complaint(property)
              : property.startsWith(predicates.prefix())
                  ? predicates.complaint(property)
                  : complaint(property, prefixes);
      complaint.ifPresent(text -> complaints.put(property, text));
    }
    return complaints;
  }

  private Optional<String> complaint(String property, List<ForwardedProperties> prefixes) {
    if (names.contains(property)) {
      return Optional.empty();
    }
    Optional<ForwardedProperties> known =
        prefixes.stream().filter(prefix -> property.startsWith(prefix.prefix())).findFirst();
    if (known.isPresent()) {
      return known.get().complaint(property);
    }
    return (complete ? names.suggestion(property) : names.misspelled(property))
        .or(() -> withPrefix(property, prefixes))
        .map(near -> Complaint.unknown(property, near))
        .or(() -> Optional.of(Complaint.unknown(property)).filter(text -> complete));
  }

  /** The property under the prefix that its first words are nearly those of. */
  private Optional<String> withPrefix(String property, List<ForwardedProperties> prefixes) {
    return Stream.concat(
            Stream.of("transforms.", "predicates."),
            prefixes.stream().map(ForwardedProperties::prefix))
        .flatMap(prefix -> withPrefix(property, prefix).stream())
        .findFirst();
  }

  private Optional<String> withPrefix(String property, String prefix) {
    int end = 0;
    for (long words = prefix.chars().filter(c -> c == '.').count(); words > 0; words--) {
      end = property.indexOf('.', end) + 1;
      if (end == 0) {
        return Optional.empty();
      }
    }
    return KnownNames.isNear(property.substring(0, end), prefix, !complete)
        ? Optional.of(prefix + property.substring(end))
        : Optional.empty();
  }

  /** None where the worker's converter is used, or one that does not say what it reads. */
  private static KnownNames converterNames(String converter, Map<String, String> properties) {
    Optional<PluginDefinition> definition =
        properties.containsKey(converter + ".plugin.version")
            ? Optional.empty()
            : Optional.ofNullable(properties.get(converter)).flatMap(PluginDefinition::of);
    return new KnownNames(definition.map(PluginDefinition::names).orElse(Set.of()));
  }
}

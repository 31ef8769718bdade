package io.furnistream.connectors.check;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The transforms, or the predicates, of a connector's configuration: {@code transforms} lists their
 * aliases, and {@code transforms.ALIAS.…} holds what each of them is set to.
 */
final class AliasedPlugins {

  private static final String TYPE = "type";
  private static final String VERSION = "plugin.version";

  private final String list;
  private final Set<String> implied;
  private final Map<String, String> properties;
  private final List<String> aliases;
  private final Map<String, Optional<PluginDefinition>> definitions = new HashMap<>();

  private AliasedPlugins(String list, Set<String> implied, Map<String, String> properties) {
    this.list = list;
    this.implied = implied;
    this.properties = properties;
    aliases =
        Arrays.stream(properties.getOrDefault(list, "").split(",", -1))
            .map(String::strip)
            .filter(alias -> !alias.isEmpty())
            .toList();
  }

  static AliasedPlugins transforms(Map<String, String> properties) {
    return new AliasedPlugins(
        "transforms", Set.of(TYPE, VERSION, "predicate", "negate"), properties);
  }

  static AliasedPlugins predicates(Map<String, String> properties) {
    return new AliasedPlugins("predicates", Set.of(TYPE, VERSION), properties);
  }

  String prefix() {
    return list + ".";
  }

  /** What is wrong with the name of a property that begins with {@link #prefix}. */
  Optional<String> complaint(String property) {
    Optional<String> listed =
        aliases.stream()
            .filter(alias -> property.startsWith(prefix(alias)))
            .max(Comparator.comparingInt(String::length));
    return listed.isPresent()
        ? complaint(property, listed.get())
        : Optional.of(notListed(property, property.substring(prefix().length())));
  }

  private String notListed(String property, String rest) {
    String alias = rest.substring(0, rest.indexOf('.') < 0 ? rest.length() : rest.indexOf('.'));
    return "%s '%s' does not list '%s'. %s"
        .formatted(
            Complaint.unknown(property),
            list,
            alias,
            new KnownNames(aliases)
                .suggestion(alias)
                .map("It lists '%s': is one of the two misspelled?"::formatted)
                .orElse("Add it to the list, or leave out all that begins with it."));
  }

  private Optional<String> complaint(String property, String alias) {
    String name = property.substring(prefix(alias).length());
    if (implied.contains(name)) {
      return Optional.empty();
    }
    if (!properties.containsKey(prefix(alias) + TYPE)) {
      return new KnownNames(Set.of(TYPE))
          .suggestion(name)
          .map(near -> Complaint.unknown(property, prefix(alias) + near));
    }
    return definitions
        .computeIfAbsent(alias, this::definition)
        .flatMap(known -> complaint(property, alias, name, known));
  }

  private Optional<String> complaint(
      String property, String alias, String name, PluginDefinition definition) {
    KnownNames names = definition.with(implied);
    if (names.contains(name)) {
      return Optional.empty();
    }
    Optional<ForwardedProperties> forwarded = ForwardedProperties.toClient(prefix(alias), name);
    if (forwarded.isPresent()) {
      return forwarded.get().complaint(property);
    }
    boolean complete = definition.isComplete();
    Optional<String> near = complete ? names.suggestion(name) : names.misspelled(name);
    return near.map(known -> Complaint.unknown(property, prefix(alias) + known))
        .or(
            () ->
                Optional.of(
                        "%s %s knows %s."
                            .formatted(Complaint.unknown(property), definition.type(), names))
                    .filter(text -> complete));
  }

  private String prefix(String alias) {
    return prefix() + alias + ".";
  }

  /** Empty where another version is asked for than the one that is found here. */
  private Optional<PluginDefinition> definition(String alias) {
    return properties.containsKey(prefix(alias) + VERSION)
        ? Optional.empty()
        : PluginDefinition.of(properties.get(prefix(alias) + TYPE));
  }
}

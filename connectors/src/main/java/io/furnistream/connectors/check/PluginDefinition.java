package io.furnistream.connectors.check;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.HeaderConverter;
import org.apache.kafka.connect.transforms.Transformation;
import org.apache.kafka.connect.transforms.predicates.Predicate;

/**
 * What a plugin says that it reads.
 *
 * @param type its class
 * @param names of its properties; none when it does not say
 */
record PluginDefinition(String type, Set<String> names) {

  /** Empty when there is no such plugin, which Connect itself refuses. */
  static Optional<PluginDefinition> of(String type) {
    Object plugin;
    try {
      // The worker's loader finds the plugins of every folder, by their short names too.
      plugin =
          Utils.getContextOrKafkaClassLoader()
              .loadClass(type.strip())
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(config(plugin))
          .map(config -> new PluginDefinition(plugin.getClass().getName(), config.names()));
    } finally {
      Utils.closeQuietly(plugin instanceof AutoCloseable open ? open : null, type);
    }
  }

  private static ConfigDef config(Object plugin) {
    if (plugin instanceof Transformation<?> transform) {
      return transform.config();
    }
    if (plugin instanceof Predicate<?> predicate) {
      return predicate.config();
    }
    if (plugin instanceof HeaderConverter converter) {
      return converter.config();
    }
    return plugin instanceof Converter converter ? converter.config() : null;
  }

  /** Third-party plugins may read properties that their definition does not name. */
  boolean isComplete() {
    return type.startsWith("io.furnistream.") || type.startsWith("org.apache.kafka.");
  }

  /** The names, and those that Connect reads for each plugin of its kind. */
  KnownNames with(Set<String> implied) {
    Set<String> all = new HashSet<>(names);
    all.addAll(implied);
    return new KnownNames(all);
  }
}

package io.furnistream.preview;

import io.furnistream.cli.CannotRunException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.connect.runtime.SinkConnectorConfig;
import org.apache.kafka.connect.runtime.isolation.Plugins;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.apache.kafka.connect.transforms.predicates.Predicate;

/**
 * A connector's transforms and predicates, found, validated and configured by the worker's own
 * classes, each in the class loader of its plugin folder.
 */
final class Chain implements AutoCloseable {

  private static final String TYPE = ".type";

  private final Plugins plugins;
  private final List<Link> links = new ArrayList<>();

  /**
   * Loads the chain.
   *
   * @param pluginFolders as in the worker's {@code plugin.path}
   * @throws CannotRunException when the worker would refuse the configuration
   */
  Chain(Map<String, String> config, List<Path> pluginFolders) {
    plugins =
        new Plugins(
            Map.of(
                "plugin.path", PluginPath.of(pluginFolders), "plugin.discovery", "service_load"));
    Validation.check(config, plugins);
    try {
      plugins.withClassLoader(plugins.delegatingLoader(), () -> load(config)).run();
    } catch (RuntimeException e) {
      // Anything a transform throws because of its properties.
      close();
      throw new CannotRunException("Kafka Connect would refuse this connector: " + reason(e), e);
    }
  }

  private void load(Map<String, String> config) {
    SinkConnectorConfig connector = new SinkConnectorConfig(plugins, config);
    for (String name : connector.getList(SinkConnectorConfig.TRANSFORMS_CONFIG)) {
      links.add(link(connector, name));
    }
  }

  private Link link(SinkConnectorConfig connector, String name) {
    String prefix = "transforms." + name;
    Map<String, Object> settings = new HashMap<>(connector.originalsWithPrefix(prefix + "."));
    String predicateName = (String) settings.remove("predicate");
    boolean negated = Boolean.parseBoolean(String.valueOf(settings.remove("negate")));
    @SuppressWarnings("unchecked")
    Transformation<SinkRecord> transform =
        (Transformation<SinkRecord>) plugin(connector, prefix + TYPE);
    in(transform, () -> transform.configure(settings));
    Predicate<SinkRecord> predicate =
        predicateName == null ? null : predicate(connector, predicateName);
    return new Link(name, transform, predicateName, predicate, negated);
  }

  private Predicate<SinkRecord> predicate(SinkConnectorConfig connector, String name) {
    String prefix = "predicates." + name;
    @SuppressWarnings("unchecked")
    Predicate<SinkRecord> predicate = (Predicate<SinkRecord>) plugin(connector, prefix + TYPE);
    in(predicate, () -> predicate.configure(connector.originalsWithPrefix(prefix + ".")));
    return predicate;
  }

  private Object plugin(SinkConnectorConfig connector, String property) {
    try {
      return plugins.newPlugin(connector.getClass(property).getName(), null);
    } catch (ClassNotFoundException e) {
      throw new ConfigException(property, connector.getClass(property), "is in no plugin folder");
    }
  }

  private void in(Object plugin, Runnable work) {
    plugins.withClassLoader(plugin.getClass().getClassLoader(), work).run();
  }

  /** All messages of the chain, each once: the outer one may name what the inner does not. */
  private static String reason(Throwable e) {
    String message = String.valueOf(e.getMessage());
    Throwable cause = e.getCause();
    return cause == null || message.contains(String.valueOf(cause.getMessage()))
        ? message
        : message + ": " + reason(cause);
  }

  /**
   * Applies the chain to a record.
   *
   * @param steps receives what each transform did
   * @return null when a transform dropped or refused it
   */
  SinkRecord apply(SinkRecord record, List<Step> steps) {
    SinkRecord current = record;
    for (Link link : links) {
      SinkRecord before = current;
      // Before, not after: a transform might write into what it was given.
      Map<String, Cell> cells = Cell.of(before);
      LookupMisses misses = LookupMisses.now();
      boolean applies;
      try {
        applies = link.applies(before, this);
        current = applies ? link.apply(before, this) : before;
      } catch (RuntimeException e) {
        steps.add(link.failed(e, misses.since()));
        return null;
      }
      if (current == null) {
        steps.add(link.step(Step.Outcome.DROPPED, List.of(), misses.since()));
        return null;
      }
      List<Change> changes = Change.between(cells, Cell.of(current));
      steps.add(link.step(outcome(applies, changes), changes, misses.since()));
    }
    return current;
  }

  private static Step.Outcome outcome(boolean applies, List<Change> changes) {
    if (!applies) {
      return Step.Outcome.PASSED_BY;
    }
    return changes.isEmpty() ? Step.Outcome.UNCHANGED : Step.Outcome.CHANGED;
  }

  @Override
  public void close() {
    for (Link link : links) {
      Utils.closeQuietly(link.transform, "transform");
      Utils.closeQuietly(link.predicate, "predicate");
    }
  }

  private record Link(
      String name,
      Transformation<SinkRecord> transform,
      String predicateName,
      Predicate<SinkRecord> predicate,
      boolean negated) {

    boolean applies(SinkRecord record, Chain chain) {
      if (predicate == null) {
        return true;
      }
      boolean[] holds = new boolean[1];
      chain.in(predicate, () -> holds[0] = predicate.test(record));
      return negated != holds[0];
    }

    SinkRecord apply(SinkRecord record, Chain chain) {
      SinkRecord[] made = new SinkRecord[1];
      chain.in(transform, () -> made[0] = transform.apply(record));
      return made[0];
    }

    Step step(Step.Outcome outcome, List<Change> changes, List<String> notes) {
      return new Step(
          name, transform.getClass().getName(), condition(), outcome, null, false, changes, notes);
    }

    Step failed(RuntimeException error, List<String> notes) {
      return Step.failed(name, transform.getClass().getName(), condition(), error, notes);
    }

    private String condition() {
      return predicate == null ? null : (negated ? "not " : "") + predicateName;
    }
  }
}

package io.furnistream.schemas;

import java.util.Map;
import java.util.TreeMap;

/**
 * What in a connector's file follows the settings: how many tasks it has, copies of its dead-letter
 * topic, the partitions and buckets that its screen asks for, and whatever property a cluster needs
 * beside (TLS, credentials). The file has the numbers of the defaults.
 */
public final class ConnectorSettings {

  private static final String TASKS = "tasks.max";
  private static final String DEAD_LETTER_FACTOR =
      "errors.deadletterqueue.topic.replication.factor";
  private static final String TRANSFORMS = "transforms.";
  private static final String SCREEN = "io.furnistream.transforms.Screen$";
  private static final String TYPE = ".type";

  private ConnectorSettings() {}

  /**
   * A connector's properties under some settings. A number that the file does not have is not
   * added.
   *
   * @param connector its name
   * @param config properties as the file has them
   */
  public static Map<String, String> apply(
      String connector, Map<String, String> config, PlatformSettings settings) {
    Map<String, String> applied = new TreeMap<>(config);
    Integer tasks = settings.tasksMax(connector);
    if (tasks != null) {
      applied.replace(TASKS, Integer.toString(tasks));
    }
    applied.replace(DEAD_LETTER_FACTOR, Integer.toString(settings.deadLetterReplicationFactor()));
    config.forEach(
        (property, value) -> {
          if (property.startsWith(TRANSFORMS)
              && property.endsWith(TYPE)
              && value.startsWith(SCREEN)) {
            screen(applied, property.substring(0, property.length() - TYPE.length()), settings);
          }
        });
    applied.putAll(settings.connectorProperties(connector));
    return applied;
  }

  /** Only the sales have buckets, and rules about their partition. */
  private static void screen(
      Map<String, String> config, String transform, PlatformSettings settings) {
    config.replace(
        transform + ".partitions", Integer.toString(settings.partitions(Topic.DAILY_RECORDS)));
    config.replace(transform + ".buckets", Integer.toString(settings.buckets()));
  }
}

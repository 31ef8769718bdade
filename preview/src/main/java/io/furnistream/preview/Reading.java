package io.furnistream.preview;

import io.furnistream.cli.CannotRunException;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.connect.storage.HeaderConverter;
import org.apache.kafka.connect.storage.SimpleHeaderConverter;

/**
 * How a connector's records are read.
 *
 * @param topic of a record that names none: the first that the connector reads
 * @param headers what its worker reads headers with
 */
record Reading(String topic, HeaderConverter headers) {

  private static final String HEADER_CONVERTER = "header.converter";

  /**
   * As a connector says.
   *
   * @throws CannotRunException when its header converter is not one of Kafka's own
   */
  static Reading of(ConnectorFile connector) {
    return new Reading(connector.firstTopic(), headers(connector.config()));
  }

  private static HeaderConverter headers(Map<String, String> config) {
    // Kafka Connect's own default.
    String type = config.getOrDefault(HEADER_CONVERTER, SimpleHeaderConverter.class.getName());
    try {
      HeaderConverter converter = Utils.newInstance(type, HeaderConverter.class);
      String prefix = HEADER_CONVERTER + ".";
      Map<String, String> properties =
          config.entrySet().stream()
              .filter(entry -> entry.getKey().startsWith(prefix))
              .collect(
                  Collectors.toMap(
                      entry -> entry.getKey().substring(prefix.length()), Map.Entry::getValue));
      properties.put("converter.type", "header");
      converter.configure(properties);
      return converter;
    } catch (ClassNotFoundException | KafkaException e) {
      throw new CannotRunException(
          "%s is %s, which preview cannot load. Name one of Kafka's own, such as %s, if only for this preview."
              .formatted(
                  HEADER_CONVERTER, type, "org.apache.kafka.connect.storage.StringConverter"),
          e);
    }
  }
}

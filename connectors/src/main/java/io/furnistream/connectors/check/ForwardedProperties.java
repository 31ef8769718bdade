package io.furnistream.connectors.check;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Properties that are passed on under the name behind a prefix, for example to a Kafka client. The
 * receiver may read more names than are known (an interceptor's), so only a misspelled one is
 * reported.
 *
 * @param prefix of all of them
 * @param names that are known behind it
 */
record ForwardedProperties(String prefix, KnownNames names) {

  /** By the word for the client, as Connect and its plugins write it before the client's names. */
  static final Map<String, KnownNames> CLIENTS =
      Map.of(
          "consumer.", new KnownNames(ConsumerConfig.configNames()),
          "producer.", new KnownNames(ProducerConfig.configNames()),
          "admin.", new KnownNames(AdminClientConfig.configNames()));

  /**
   * Those that a plugin passes to a Kafka client, such as {@code table.consumer.…}.
   *
   * @param name of the plugin's property, behind {@code prefix}
   */
  static Optional<ForwardedProperties> toClient(String prefix, String name) {
    return CLIENTS.entrySet().stream()
        .filter(client -> ("." + name).contains("." + client.getKey()))
        .map(
            client -> {
              int end = ("." + name).indexOf("." + client.getKey()) + client.getKey().length();
              return new ForwardedProperties(prefix + name.substring(0, end), client.getValue());
            })
        .findFirst();
  }

  /** What is wrong with the name of a property that begins with the prefix. */
  Optional<String> complaint(String property) {
    String name = property.substring(prefix.length());
    return names.contains(name)
        ? Optional.empty()
        : names.misspelled(name).map(near -> Complaint.unknown(property, prefix + near));
  }
}

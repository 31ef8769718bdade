package io.furnistream.aggregates;

import io.furnistream.schemas.AvroClients;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.MetadataRecoveryStrategy;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Admin clients for questions whose answer may fail, but must not take long. */
final class BriefAdmin {

  private static final int LIMIT_MS = 5_000;

  private BriefAdmin() {}

  /** A client that fails after seconds; not made, with a KafkaException, if no host resolves. */
  static Admin of(AvroClients clients) {
    Map<String, Object> settings = new HashMap<>(clients.kafka());
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, LIMIT_MS);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, LIMIT_MS);
    // Otherwise it starts over, and says so, a thousand times a second.
    settings.put(
        CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, MetadataRecoveryStrategy.NONE.name);
    return Admin.create(settings);
  }

  /** Why a call failed, in words. */
  static String reason(Exception failure) {
    Throwable reason = failure.getCause() == null ? failure : failure.getCause();
    return reason.getMessage() == null ? reason.getClass().getSimpleName() : reason.getMessage();
  }
}

package io.furnistream.endtoend.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.endtoend.stack.CommandProcess;
import io.furnistream.endtoend.stack.CoreStack;
import io.furnistream.endtoend.stack.OnCoreStack;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

/** A second stack, with other numbers of partitions and buckets than the first. */
@OnCoreStack
class OtherSettingsIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DAY = "2023-12-01";

  private final CoreStack stack;

  OtherSettingsIT(CoreStack stack) {
    this.stack = stack;
  }

  @Test
  void aDayIsGeneratedLandedClosedAndVerifiedUnderThem() throws Exception {
    Path settings =
        Files.writeString(
            stack.path("wide.properties"),
            "kafka.partitions.daily_records=12\ncassandra.buckets=32\n");
    CommandProcess other =
        stack
            .otherStack(stack.path("wide"))
            .with(Map.of("FURNISTREAM_SETTINGS", settings.toString()));
    try {
      succeed(other, "up");
      succeed(other, "generate", "--from", DAY, "--to", DAY, "--records", "500", "--seed", "3");
      succeed(other, "rollup", "--from", DAY, "--to", DAY);

      JsonNode report = JSON.readTree(succeed(other, "verify", "--json").out());
      assertThat(report.path("ok").asBoolean()).isTrue();
      succeed(other, "provision", "--check");
      assertThat(partitions(other)).isEqualTo(12);
      // 500 records miss none of 32 buckets.
      assertThat(buckets(other)).hasSize(32);
    } finally {
      succeed(other, "down");
    }
  }

  private static CommandProcess.Result succeed(CommandProcess other, String... command)
      throws Exception {
    CommandProcess.Result result = other.run(command);
    assertThat(result.status()).as(result.out() + result.err()).isZero();
    return result;
  }

  private static int partitions(CommandProcess other) throws Exception {
    String kafka = "127.0.0.1:" + (9092 + other.portOffset());
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      return admin
          .describeTopics(Set.of("daily_records"))
          .allTopicNames()
          .get(30, TimeUnit.SECONDS)
          .get("daily_records")
          .partitions()
          .size();
    }
  }

  private static Set<Integer> buckets(CommandProcess other) {
    Set<Integer> buckets = new TreeSet<>();
    try (CqlSession session =
        CqlSession.builder()
            .addContactPoint(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 9042 + other.portOffset()))
            .withLocalDatacenter("datacenter1")
            .build()) {
      session
          .execute(
              SimpleStatement.newInstance(
                      "SELECT DISTINCT ts_date, bucket FROM furniture.daily_records")
                  .setTimeout(Duration.ofSeconds(30)))
          .forEach(row -> buckets.add(row.getInt("bucket")));
    }
    return buckets;
  }
}

package io.furnistream.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.ClientProperties;
import io.furnistream.cli.Endpoints;
import io.furnistream.schemas.PlatformSettings;
import io.furnistream.testing.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The topics of a broker. */
class TopicsTest {

  @TempDir private Path folder;
  private final List<String> done = new ArrayList<>();

  private static Topics topics(Map<String, Object> client) {
    return new Topics(client, List.of("dead_letter_x"), PlatformSettings.current(), note -> {});
  }

  private void apply(Topics topics) throws Exception {
    done.clear();
    Provisioner provisioner = new Provisioner(List.of(topics), waiting -> {});
    provisioner.await(Duration.ofMinutes(1));
    provisioner.apply(change -> done.add(change.thing() + " " + change.did()));
  }

  @Test
  void whatIsMissingIsCreatedAndWhatWasChangedIsMended() throws Exception {
    try (TestBroker broker = TestBroker.start(folder);
        Topics topics = topics(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      apply(topics);
      assertThat(done)
          .contains(
              "topic daily_records was created: partitions 6, copies 1, min.insync.replicas 1")
          .anyMatch(change -> change.startsWith("topic dead_letter_x was created"));
      apply(topics);
      assertThat(done).isEmpty();

      try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
        admin
            .incrementalAlterConfigs(
                Map.of(
                    new ConfigResource(ConfigResource.Type.TOPIC, "run_ledger"),
                    List.of(
                        new AlterConfigOp(
                            new ConfigEntry("min.insync.replicas", "2"),
                            AlterConfigOp.OpType.SET))))
            .all()
            .get(30, TimeUnit.SECONDS);
      }
      apply(topics);
      assertThat(done).containsExactly("topic run_ledger was given min.insync.replicas=1");
    }
  }

  @Test
  void aWrongPasswordEndsTheWaitAtOnce() throws Exception {
    try (TestBroker broker = TestBroker.startSecured(folder)) {
      Map<String, Object> client =
          Endpoints.fromEnvironment(
                  Map.of(
                      Endpoints.BOOTSTRAP_SERVERS,
                      broker.bootstrapServers(),
                      ClientProperties.VARIABLE,
                      broker.clientProperties().toString()))
              .kafkaClient();
      client.compute(
          "sasl.jaas.config",
          (name, right) ->
              right.toString().replaceAll("password=\"[^\"]*", "password=\"of another"));
      try (Topics topics = topics(client)) {
        Provisioner provisioner = new Provisioner(List.of(topics), waiting -> {});
        assertThatThrownBy(() -> provisioner.await(Duration.ofDays(1)))
            .isInstanceOf(CannotRunException.class)
            .hasMessageContaining("sasl.*")
            .hasMessageContaining(ClientProperties.VARIABLE)
            .hasMessageNotContaining("of another");
      }
    }
  }
}

package io.furnistream.connectors.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over Kafka's own transforms; those of ours are tried in a worker and in preview. */
class PropertyCheckTest {

  private static final String TRANSFORMS = "org.apache.kafka.connect.transforms.";

  private static final PropertyCheck COMPLETE =
      PropertyCheck.complete(
          Set.of("contactPoints", "auth.password"),
          Map.of("topic.", Set.of(), "kafka.", Set.of("bootstrap.servers", "client.id")));

  private static final Map<String, String> SOUND =
      Map.ofEntries(
          Map.entry("name", "c"),
          Map.entry("connector.class", "x"),
          Map.entry("topics", "t"),
          Map.entry("contactPoints", "a"),
          Map.entry("topic.t.k.t.mapping", "*"),
          Map.entry("kafka.client.id", "c"),
          Map.entry("kafka.some.interceptors.own", "c"),
          Map.entry("config.action.reload", "none"),
          Map.entry("errors.tolerance", "all"),
          Map.entry("errors.deadletterqueue.topic.name", "d"),
          Map.entry("consumer.override.max.poll.records", "1"),
          Map.entry("consumer.override.my.interceptor.endpoint", "x"),
          Map.entry("producer.override.linger.ms", "1"),
          Map.entry("admin.override.retries", "1"),
          Map.entry("value.converter", "org.apache.kafka.connect.json.JsonConverter"),
          Map.entry("value.converter.schemas.enable", "false"),
          Map.entry("key.converter.of.the.worker", "x"),
          Map.entry("transforms", "move, mask,  foreign ,two.words"),
          Map.entry("transforms.move.type", TRANSFORMS + "HeaderFrom$Value"),
          Map.entry("transforms.move.fields", "a"),
          Map.entry("transforms.move.headers", "a"),
          Map.entry("transforms.move.operation", "copy"),
          Map.entry("transforms.move.predicate", "gone"),
          Map.entry("transforms.move.negate", "true"),
          Map.entry("transforms.mask.type", TRANSFORMS + "MaskField$Value"),
          Map.entry("transforms.mask.fields", "a"),
          Map.entry("transforms.foreign.type", "com.example.NotOnThisClassPath"),
          Map.entry("transforms.foreign.whatever", "x"),
          Map.entry("transforms.two.words.type", TRANSFORMS + "Filter"),
          Map.entry("predicates", "gone,called"),
          Map.entry("predicates.gone.type", TRANSFORMS + "predicates.RecordIsTombstone"),
          Map.entry("predicates.called.type", TRANSFORMS + "predicates.TopicNameMatches"),
          Map.entry("predicates.called.pattern", "t"));

  @Test
  void whatIsReadIsNotComplainedOf() {
    assertThat(COMPLETE.complaints(SOUND)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "tasks.maxx, tasks.max",
    "tasks_max, tasks.max",
    "error.tolerance, errors.tolerance",
    "erors.deadletterqueue.topic.name, errors.deadletterqueue.topic.name",
    "contactpoints, contactPoints",
    "contact.points, contactPoints",
    "contactPoint, contactPoints",
    "auth.pasword, auth.password",
    "topics.t.k.t.mapping, topic.t.k.t.mapping",
    "kafka.bootstrap.server, kafka.bootstrap.servers",
    "kafak.bootstrap.servers, kafka.bootstrap.servers",
    "consumer.overide.max.poll.records, consumer.override.max.poll.records",
    "consumer.override.max.pol.records, consumer.override.max.poll.records",
    "consumer.override.isolation_level, consumer.override.isolation.level",
    "value.converter.schema.enable, value.converter.schemas.enable",
    "valeu.converter, value.converter",
    "transform.move.headers, transforms.move.headers",
    "transforms.move.feilds, transforms.move.fields",
    "transforms.move.Headers, transforms.move.headers",
    "transforms.move.predicat, transforms.move.predicate",
    "transforms.move.negated, transforms.move.negate",
    "transforms.mask.replacment, transforms.mask.replacement",
    "transforms.two.words.tipe, transforms.two.words.type",
    "predicate.called.pattern, predicates.called.pattern",
    "predicates.called.patern, predicates.called.pattern"
  })
  void aMisspelledNameIsNamedWithTheOneThatWasMeant(String property, String meant) {
    assertThat(COMPLETE.complaints(with(property)))
        .isEqualTo(
            Map.of(
                property,
                "Nothing reads the property '%s'. Did you mean '%s'?".formatted(property, meant)));
  }

  @Test
  void whatResemblesNothingIsNamedToo() {
    assertThat(COMPLETE.complaints(with("colour")))
        .isEqualTo(Map.of("colour", "Nothing reads the property 'colour'."));
    assertThat(COMPLETE.complaints(with("transforms.mask.speed.limit")))
        .hasEntrySatisfying(
            "transforms.mask.speed.limit",
            complaint ->
                assertThat(complaint)
                    .endsWith(
                        "MaskField$Value knows fields, negate, plugin.version, predicate, replace.null.with.default, replacement, type."));
  }

  @Test
  void anAliasThatIsNotListedIsNamedWithItsNeighbour() {
    assertThat(COMPLETE.complaints(with("transforms.maks.fields")).values())
        .containsExactly(
            "Nothing reads the property 'transforms.maks.fields'. 'transforms' does not list 'maks'."
                + " It lists 'mask': is one of the two misspelled?");
    assertThat(COMPLETE.complaints(with("predicates.somewhere.type")).values())
        .singleElement()
        .asString()
        .contains("'predicates' does not list 'somewhere'. Add it to the list, or leave out");
    assertThat(
            COMPLETE.complaints(
                Map.of(
                    "topics", "t", "transforms.a.type", TRANSFORMS + "Filter", "transforms.", "")))
        .containsOnlyKeys("transforms.a.type", "transforms.");
  }

  @Test
  void aMisspelledTypeIsNamed() {
    assertThat(COMPLETE.complaints(Map.of("transforms", "a", "transforms.a.tpye", "x")).values())
        .singleElement()
        .asString()
        .endsWith("Did you mean 'transforms.a.type'?");
  }

  @Test
  void ofAConnectorThatMayReadMoreOnlyMisspelledNamesAreNamed() {
    PropertyCheck lenient = PropertyCheck.lenient(Set.of("connection.url"));
    Map<String, String> properties = with("topic");
    properties.put("hibernate.agroal.initialSQL", "x");
    properties.put("zone", "x");

    assertThat(lenient.complaints(properties)).isEmpty();

    properties.put("tasks.maxx", "x");
    properties.put("connection-url", "x");
    properties.put("transform.move.type", "x");
    properties.put("transforms.move.field", "x");
    assertThat(lenient.complaints(properties))
        .containsOnlyKeys(
            "tasks.maxx", "connection-url", "transform.move.type", "transforms.move.field");
  }

  @Test
  void anErrorIsAddedForEachAndShowsNoValue() {
    Map<String, String> properties = with("tasks.maxx");
    properties.put("colour", null);
    properties.put("tasks.maxx", "a secret");

    Config result = COMPLETE.addTo(new Config(List.of()), properties);

    assertThat(result.configValues())
        .singleElement()
        .satisfies(
            value -> {
              assertThat(value.name()).isEqualTo("tasks.maxx");
              assertThat(value.errorMessages()).hasSize(1);
              assertThat(value.toString()).doesNotContain("a secret");
            });
  }

  @Test
  void aNameOfAnyLengthIsJudged() {
    assertThat(COMPLETE.complaints(with("x.".repeat(500_000)))).hasSize(1);
  }

  private static Map<String, String> with(String property) {
    Map<String, String> properties = new HashMap<>(SOUND);
    properties.put(property, "x");
    return properties;
  }
}

package io.furnistream.connectors.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableMappingsTest {

  @Test
  void readsColumnsAndSettings() {
    TableMappings mappings =
        TableMappings.parse(
            Map.of(
                "topic.sales.shop.by_day.mapping",
                    " day = key.d,total=value.sum , raw = value, k=key",
                "topic.sales.shop.by_day.consistencyLevel", "ALL",
                "topic.sales.shop.by_day.nullToUnset", "true",
                "topic.sales.shop.by_day.deletesEnabled", "false",
                "topics", "sales"));

    assertThat(mappings.of("sales"))
        .containsExactly(
            new TableMapping(
                "sales",
                "shop",
                "by_day",
                false,
                List.of(
                    new ColumnSource("day", ColumnSource.Side.KEY, "d"),
                    new ColumnSource("total", ColumnSource.Side.VALUE, "sum"),
                    new ColumnSource("raw", ColumnSource.Side.VALUE, null),
                    new ColumnSource("k", ColumnSource.Side.KEY, null)),
                DefaultConsistencyLevel.ALL,
                true,
                false));
  }

  @Test
  void defaultsEraseNullsDeleteRowsAndWaitForAQuorum() {
    TableMapping mapping =
        TableMappings.parse(Map.of("topic.sales.shop.by_day.mapping", "*")).of("sales").get(0);

    assertThat(mapping.byName()).isTrue();
    assertThat(mapping.nullToUnset()).isFalse();
    assertThat(mapping.deletesEnabled()).isTrue();
    assertThat(mapping.consistency()).isEqualTo(DefaultConsistencyLevel.LOCAL_QUORUM);
  }

  @Test
  void everyColumnByNameMayHaveExceptionsFromHeadersAndThePosition() {
    TableMapping mapping =
        TableMappings.parse(
                Map.of(
                    "topic.refused.shop.quarantine.mapping",
                    "rule=header.screen.rule, *,at = record.offset,day=record.date"))
            .of("refused")
            .get(0);

    assertThat(mapping.byName()).isTrue();
    assertThat(mapping.columns())
        .containsExactly(
            new ColumnSource("rule", ColumnSource.Side.HEADER, "screen.rule"),
            new ColumnSource("at", ColumnSource.Side.POSITION, "offset"),
            new ColumnSource("day", ColumnSource.Side.POSITION, "date"));
  }

  @Test
  void aTopicMayHaveDotsAndGoToSeveralTables() {
    TableMappings mappings =
        TableMappings.parse(
            Map.of(
                "topic.eu.sales-1.shop.by_day.mapping", "*",
                "topic.eu.sales-1.shop.by_item.mapping", "*",
                "topic.other.shop.by_day.mapping", "*"));

    assertThat(mappings.of("eu.sales-1"))
        .extracting(TableMapping::toString)
        .containsExactlyInAnyOrder("shop.by_day", "shop.by_item");
    assertThat(mappings.all()).hasSize(3);
    assertThatThrownBy(() -> mappings.of("sales"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("topic.sales.<keyspace>.<table>.mapping");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "topic.sales.shop.mapping              | *         | topic.<topic>.<keyspace>.<table>.",
        "topic.sales.shop.by_day.mappings      | *         | mapping",
        "topic.sales.shop.by_day.ttl           | 5         | mapping",
        "topic.sales.shop.by_day.mapping       | day       | column=value.field",
        "topic.sales.shop.by_day.mapping       | day=sum   | column=value.field",
        "topic.sales.shop.by_day.mapping       | a=key.a,, | column=value.field",
        "topic.sales.shop.by_day.mapping       | a=key.a.b,a=value.b | column=value.field",
        "topic.sales.shop.by_day.mapping       | a=key.a,a=value.b   | a is twice",
        "topic.sales.shop.by_day.mapping       | *,a=record.schema   | column=record.topic",
        "topic.sales.shop.by_day.mapping       | *,a=header          | column=header.name",
        "topic.sales.shop.by_day.mapping       | ''        | column=value.field",
        "topic.sales.shop.by_day.nullToUnset   | true      | mapping",
      })
  void refusesWhatItCannotRead(String property, String value, String message) {
    assertThatThrownBy(() -> TableMappings.parse(Map.of(property, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("topic.sales.shop")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "consistencyLevel, quorum, LOCAL_QUORUM",
    "consistencyLevel, SERIAL, LOCAL_QUORUM",
    "nullToUnset, yes, true or false",
    "deletesEnabled, TRUE, true or false"
  })
  void refusesAWrongSettingAndNamesWhatIsAccepted(String setting, String value, String accepted) {
    String property = "topic.sales.shop.by_day." + setting;

    assertThatThrownBy(
            () ->
                TableMappings.parse(
                    Map.of("topic.sales.shop.by_day.mapping", "*", property, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(property)
        .hasMessageContaining(value)
        .hasMessageContaining(accepted);
  }

  @Test
  void refusesNoMappingAtAll() {
    assertThatThrownBy(() -> TableMappings.parse(Map.of("topics", "sales")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("mapping is missing");
  }
}

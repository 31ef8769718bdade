package io.furnistream.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleFileTest {

  @TempDir Path folder;

  @Test
  void rulesAreInTheOrderOfTheFile() throws IOException {
    RuleSet rules =
        read(
            """
            {"doc": "What a sale is.",
             "rules": [
               {"name": "quantity", "field": "quantity", "min": 1, "doc": "No returns here."},
               {"name": "a-name_2", "field": "a.b", "required": true}]}
            """);

    assertThat(rules.names()).containsExactly("quantity", "a-name_2");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> RuleSet.read(folder.resolve("none.json")))
        .isInstanceOf(RuleFileException.class)
        .hasMessageContaining(folder.resolve("none.json").toString());
  }

  /** What is wrong with the file, and what else the message must name. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {                                              | is not JSON
                                                         | 'rules' takes a list
          {}                                             | 'rules' takes a list
          []                                             | 'rules' takes a list
          {"rules": []}                                  | 'rules' takes a list
          {"rules": {"name": "r"}}                       | 'rules' takes a list
          {"rules": [{"name": "r"}], "x": 1}             | unknown property 'x'; known are doc, rules
          {"rules": [{"name": "r"}]} {}                  | is not JSON
          {"rules": ["r"]}                               | rule 1: 'name' takes lower-case letters
          {"rules": [{"field": "f", "min": 1}]}          | rule 1: 'name' takes lower-case letters
          {"rules": [{"name": "Ä", "field": "f"}]}       | rule 1: 'name' takes lower-case letters
          {"rules": [{"name": 7, "field": "f"}]}         | rule 1: 'name' takes text
          {"rules": [R, {"name": "r", "field": "f", "min": 1}]} | 'name' takes a name of its own
          {"rules": [{"name": "r", "min": 1}]}           | rule 'r': 'field' takes a field's name
          {"rules": [{"name": "r", "min": 1, "field": "a..b"}]} | rule 'r': 'field' takes a field's name
          {"rules": [{"name": "r", "min": 1, "field": "`a.b"}]} | rule 'r': 'field' takes a field's name
          {"rules": [{"name": "r", "field": "f"}]}       | rule 'r': asks nothing of its field
          {"rules": [{"name": "r", "field": "f", "Min": 1}]} | rule 'r': unknown property 'Min'; known are name, field
          {"rules": [{"name": "r", "field": "f", "min": 1, "min": 2}]} | is not JSON
          {"rules": [{"name": "r", "field": "f", "min": 1, "doc": 1}]} | rule 'r': 'doc' takes text
          {"rules": [{"name": "r", "field": "f", "required": false}]} | rule 'r': 'required' takes true
          {"rules": [{"name": "r", "field": "f", "required": "true"}]} | rule 'r': 'required' takes true
          {"rules": [{"name": "r", "field": "f", "type": "string"}]} | rule 'r': 'type' takes one of text, uuid, integer
          {"rules": [{"name": "r", "field": "f", "type": 1}]} | rule 'r': 'type' takes text
          {"rules": [{"name": "r", "field": "f", "max_length": 0}]} | rule 'r': 'max_length' takes a whole number
          {"rules": [{"name": "r", "field": "f", "max_length": 1.5}]} | rule 'r': 'max_length' takes a whole number
          {"rules": [{"name": "r", "field": "f", "max_length": 99999999999}]} | rule 'r': 'max_length' takes a whole number
          {"rules": [{"name": "r", "field": "f", "min": "1"}]} | rule 'r': 'min' takes a number
          {"rules": [{"name": "r", "field": "f", "max": 1e999999999}]} | rule 'r': 'max' takes numbers of 100 digits at most
          {"rules": [{"name": "r", "field": "f", "max": null}]} | rule 'r': 'max' takes a number
          {"rules": [{"name": "r", "field": "f", "min": 2, "max": 1}]} | rule 'r': 'max' takes a number that is not less than min
          {"rules": [{"name": "r", "field": "f", "except": 0}]} | rule 'r': 'except' takes a list
          {"rules": [{"name": "r", "field": "f", "except": ["0"]}]} | rule 'r': 'except' takes a list of numbers
          {"rules": [{"name": "r", "field": "f", "pattern": "["}]} | rule 'r': 'pattern' takes a regular expression
          {"rules": [{"name": "r", "field": "f", "pattern": "(a)\\\\1"}]} | rule 'r': 'pattern' takes a regular expression
          {"rules": [{"name": "r", "field": "f", "allowed": []}]} | rule 'r': 'allowed' takes a list of one value or more
          {"rules": [{"name": "r", "field": "f", "allowed": [null]}]} | rule 'r': 'allowed' takes a list of one value or more
          {"rules": [{"name": "r", "field": "f", "not_later_than_now_plus": "1 day"}]} | rule 'r': 'not_later_than_now_plus' takes an ISO 8601 duration
          {"rules": [{"name": "r", "field": "f", "not_later_than_now_plus": "-PT1S"}]} | rule 'r': 'not_later_than_now_plus' takes an ISO 8601 duration
          {"rules": [{"name": "r", "field": "f", "not_later_than_now_plus": "P999999999D"}]} | rule 'r': 'not_later_than_now_plus' takes an ISO 8601 duration
          {"rules": [{"name": "r", "field": "f", "not_null": false}]} | rule 'r': 'not_null' takes true
          {"rules": [{"name": "r", "field": "f", "not_before": "1970-02-30"}]} | rule 'r': 'not_before' takes an ISO 8601 date
          {"rules": [{"name": "r", "field": "f", "not_after": "+999999999-12-31"}]} | rule 'r': 'not_after' takes an ISO 8601 date
          {"rules": [{"name": "r", "field": "f", "not_after": 2199}]} | rule 'r': 'not_after' takes text
          {"rules": [{"name": "r", "field": "f", "not_before": "2000-01-02", "not_after": "2000-01-01"}]} | rule 'r': 'not_after' takes a date that is not before not_before
          {"rules": [{"name": "r", "field": "f", "schema": "varchar"}]} | rule 'r': 'schema' takes what the field may be declared as
          {"rules": [{"name": "r", "field": "f", "schema": "decimal"}]} | rule 'r': 'schema' takes what the field may be declared as
          {"rules": [{"name": "r", "field": "f", "schema": []}]} | rule 'r': 'schema' takes what the field may be declared as
          {"rules": [{"name": "r", "field": "f", "schema": {"a": "int"}}]} | rule 'r': 'schema' takes what the field may be declared as
          {"rules": [{"name": "r", "field": "f", "schema": ["int", 1]}]} | rule 'r': 'schema' takes what the field may be declared as
          {"rules": [{"name": "r", "field": "f", "equals_key": "a..b"}]} | rule 'r': 'equals_key' takes a field's name
          {"rules": [{"name": "r", "field": "f", "bucket_of": "id"}]} | rule 'r': 'buckets' takes a power of two, 65536 at most
          {"rules": [{"name": "r", "field": "f", "bucket_of": "id", "buckets": 12}]} | rule 'r': 'buckets' takes a power of two
          {"rules": [{"name": "r", "field": "f", "bucket_of": "id", "buckets": 131072}]} | rule 'r': 'buckets' takes a power of two
          {"rules": [{"name": "r", "field": "f", "min": 1, "buckets": 16}]} | rule 'r': 'bucket_of' takes a field's name
          {"rules": [{"name": "r", "field": "f", "partitions": 0}]} | rule 'r': 'partitions' takes how many partitions the topic has
          {"rules": [{"name": "r", "field": "f", "partitions": 1000001}]} | rule 'r': 'partitions' takes how many partitions the topic has
          {"rules": [{"name": "r", "field": "f", "partitions": "6"}]} | rule 'r': 'partitions' takes how many partitions the topic has, 1 to 1000000
          """)
  void aWrongFileIsRefusedByFileRuleAndProperty(String json, String message) {
    String text =
        json == null ? "" : json.replace("R,", "{\"name\": \"r\", \"field\": \"f\", \"min\": 1},");
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(RuleFileException.class)
        .hasMessageStartingWith(folder.resolve("rules.json").toString())
        .hasMessageContaining(message);
  }

  private RuleSet read(String json) throws IOException {
    return RuleSet.read(Files.writeString(folder.resolve("rules.json"), json));
  }
}

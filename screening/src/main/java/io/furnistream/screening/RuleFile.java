package io.furnistream.screening;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads rules from JSON, and says what is wrong with it: file, rule, property, what it takes. */
final class RuleFile {

  private static final String RULES = "rules";
  private static final String DOC = "doc";
  private static final String NAME = "name";
  private static final String FIELD = "field";
  private static final String REQUIRED = "required";
  private static final String NOT_NULL = "not_null";
  private static final String SCHEMA = "schema";
  private static final String TYPE = "type";
  private static final String MAX_LENGTH = "max_length";
  private static final String MIN = "min";
  private static final String MAX = "max";
  private static final String EXCEPT = "except";
  private static final String PATTERN = "pattern";
  private static final String ALLOWED = "allowed";
  private static final String NOT_BEFORE = "not_before";
  private static final String NOT_AFTER = "not_after";
  private static final String NOT_LATER = "not_later_than_now_plus";
  private static final String EQUALS_KEY = "equals_key";
  private static final String BUCKET_OF = "bucket_of";
  private static final String BUCKETS = "buckets";
  private static final String PARTITIONS = "partitions";

  private static final List<String> OF_A_FILE = List.of(DOC, RULES);
  private static final List<String> CHECKS =
      List.of(
          REQUIRED,
          NOT_NULL,
          SCHEMA,
          TYPE,
          MAX_LENGTH,
          MIN,
          MAX,
          EXCEPT,
          PATTERN,
          ALLOWED,
          NOT_BEFORE,
          NOT_AFTER,
          NOT_LATER,
          EQUALS_KEY,
          BUCKET_OF,
          PARTITIONS);
  private static final List<String> OF_A_RULE =
      Stream.concat(Stream.of(NAME, FIELD, DOC, BUCKETS), CHECKS.stream()).toList();

  /** What a schema can declare; a decimal includes its precision and scale. */
  private static final Pattern DECLARATION =
      Pattern.compile(
          "string|boolean|int|long|float|double|bytes|date|time-millis|timestamp-millis"
              + "|decimal\\([1-9][0-9]{0,3},[0-9]{1,4}\\)");

  private static final int LAST_YEAR = 9999;
  private static final Duration LONGEST_ALLOWANCE = Duration.ofDays(36_525);

  private static final int MAX_DIGITS = 100;
  private static final int MAX_PARTITIONS = 1_000_000;
  private static final Pattern RULE_NAME = Pattern.compile("[a-z][a-z0-9_-]{0,63}");

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final String file;
  private final RuleNumbers numbers;
  private String rule;

  private RuleFile(String file, RuleNumbers numbers) {
    this.file = file;
    this.numbers = numbers;
  }

  static List<Rule> read(String file, InputStream json, RuleNumbers numbers) {
    try {
      return new RuleFile(file, numbers).rules(JSON.readTree(json));
    } catch (JsonProcessingException e) {
      throw new RuleFileException("%s is not JSON (%s)".formatted(file, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new RuleFileException("%s cannot be read: %s".formatted(file, e), e);
    }
  }

  private List<Rule> rules(JsonNode document) {
    JsonNode list = document.path(RULES);
    if (!list.isArray() || list.isEmpty()) {
      throw new RuleFileException(
          "%s: '%s' takes a list of one rule or more, as {\"%2$s\": [{…}]}".formatted(file, RULES));
    }
    refuseUnknown(document, OF_A_FILE);
    List<Rule> rules = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode each : list) {
      rule = "rule " + (rules.size() + 1);
      Rule read = rule(each);
      if (!names.add(read.name())) {
        throw wrong(NAME, "a name of its own: another rule has this one");
      }
      rules.add(read);
    }
    return rules;
  }

  private Rule rule(JsonNode json) {
    String name = text(json, NAME);
    if (name == null || !RULE_NAME.matches(name)) {
      throw wrong(NAME, "lower-case letters, digits, '-' and '_', 64 at most, a letter first");
    }
    rule = "rule '" + name + "'";
    refuseUnknown(json, OF_A_RULE);
    text(json, DOC);
    if (CHECKS.stream().noneMatch(json::has)) {
      throw new RuleFileException(
          "%s, %s: asks nothing of its field; a rule takes one or more of %s"
              .formatted(file, rule, String.join(", ", CHECKS)));
    }
    List<Check> checks = new ArrayList<>();
    boolean required = isTrue(json, REQUIRED);
    if (required) {
      checks.add(Checks.notBlank());
    }
    addTextChecks(json, checks);
    addRange(json, checks);
    addAllowed(json, checks);
    addTimeRange(json, checks);
    addNotLater(json, checks);
    return new Rule(
        name,
        field(json, FIELD),
        isTrue(json, NOT_NULL) || required,
        schema(json),
        checks,
        relations(json));
  }

  private FieldPath field(JsonNode json, String property) {
    String path = text(json, property);
    try {
      return FieldPath.parse(path == null ? "" : path);
    } catch (IllegalArgumentException e) {
      throw wrong(property, "a field's name, or a path such as address.city");
    }
  }

  // False would have no effect, and look as if it had one.
  private boolean isTrue(JsonNode json, String property) {
    if (json.has(property) && !(json.get(property).isBoolean() && json.get(property).asBoolean())) {
      throw wrong(property, "true; leave it out where the field may be null");
    }
    return json.has(property);
  }

  private List<String> schema(JsonNode json) {
    if (!json.has(SCHEMA)) {
      return List.of();
    }
    JsonNode stated = json.get(SCHEMA);
    List<String> declarations = new ArrayList<>();
    for (JsonNode each : stated.isTextual() ? List.of(stated) : stated) {
      if (stated.isObject() || !each.isTextual() || !DECLARATION.matches(each.textValue())) {
        throw wrongSchema();
      }
      declarations.add(each.textValue());
    }
    if (declarations.isEmpty()) {
      throw wrongSchema();
    }
    return declarations;
  }

  private RuleFileException wrongSchema() {
    return wrong(
        SCHEMA,
        "what the field may be declared as, one or a list: string, boolean, int, long, float,"
            + " double, bytes, date, time-millis, timestamp-millis, or decimal(18,4) with"
            + " precision and scale");
  }

  private List<Relation> relations(JsonNode json) {
    List<Relation> relations = new ArrayList<>();
    if (json.has(EQUALS_KEY)) {
      relations.add(Relation.equalsKey(field(json, EQUALS_KEY)));
    }
    if (json.has(BUCKET_OF) || json.has(BUCKETS)) {
      int buckets = json.path(BUCKETS).isInt() ? numbers.buckets(json.get(BUCKETS).asInt()) : 0;
      if (buckets < 2 || buckets > Relation.MAX_BUCKETS || Integer.bitCount(buckets) != 1) {
        throw wrong(
            BUCKETS,
            "a power of two, " + Relation.MAX_BUCKETS + " at most, together with " + BUCKET_OF);
      }
      relations.add(Relation.bucketOf(field(json, BUCKET_OF), buckets));
    }
    if (json.has(PARTITIONS)) {
      int partitions =
          json.get(PARTITIONS).isInt() ? numbers.partitions(json.get(PARTITIONS).asInt()) : 0;
      if (partitions < 1 || partitions > MAX_PARTITIONS) {
        throw wrong(PARTITIONS, "how many partitions the topic has, 1 to " + MAX_PARTITIONS);
      }
      relations.add(Relation.partition(partitions));
    }
    return relations;
  }

  private void addTextChecks(JsonNode json, List<Check> checks) {
    String type = text(json, TYPE);
    if (type != null) {
      checks.add(
          Checks.type(
              Stream.of(ValueType.values())
                  .filter(each -> each.text().equals(type))
                  .findFirst()
                  .orElseThrow(() -> wrong(TYPE, "one of " + types()))));
    }
    if (json.has(MAX_LENGTH)) {
      JsonNode max = json.get(MAX_LENGTH);
      if (!max.canConvertToInt() || !max.isIntegralNumber() || max.asInt() < 1) {
        throw wrong(MAX_LENGTH, "a whole number of characters, 1 or more");
      }
      checks.add(Checks.maxLength(max.asInt()));
    }
    String pattern = text(json, PATTERN);
    if (pattern != null) {
      try {
        checks.add(Checks.pattern(Pattern.compile(pattern)));
      } catch (PatternSyntaxException e) {
        throw wrong(
            PATTERN, "a regular expression of RE2 that fits the whole text: " + e.getMessage());
      }
    }
  }

  private void addRange(JsonNode json, List<Check> checks) {
    BigDecimal min = number(json, MIN);
    BigDecimal max = max(json);
    List<BigDecimal> except = new ArrayList<>();
    for (Object each : values(json, EXCEPT)) {
      if (!(each instanceof BigDecimal number)) {
        throw wrong(EXCEPT, "a list of numbers");
      }
      except.add(number);
    }
    if (min != null && max != null && min.compareTo(max) > 0) {
      throw wrong(MAX, "a number that is not less than " + MIN);
    }
    if (min != null || max != null || !except.isEmpty()) {
      checks.add(new RangeCheck(min, max, except));
    }
  }

  /** Of buckets the last one, however many there are. */
  private BigDecimal max(JsonNode json) {
    BigDecimal max = number(json, MAX);
    return max == null || !json.path(BUCKETS).isInt()
        ? max
        : max.add(BigDecimal.valueOf(numbers.buckets(json.get(BUCKETS).asInt())))
            .subtract(json.get(BUCKETS).decimalValue());
  }

  private void addAllowed(JsonNode json, List<Check> checks) {
    List<Object> allowed = values(json, ALLOWED);
    if (!allowed.isEmpty()) {
      checks.add(Checks.allowed(allowed));
    }
  }

  private void addTimeRange(JsonNode json, List<Check> checks) {
    LocalDate notBefore = day(json, NOT_BEFORE);
    LocalDate notAfter = day(json, NOT_AFTER);
    if (notBefore != null && notAfter != null && notBefore.isAfter(notAfter)) {
      throw wrong(NOT_AFTER, "a date that is not before " + NOT_BEFORE);
    }
    if (notBefore != null || notAfter != null) {
      checks.add(TimeRangeCheck.between(notBefore, notAfter));
    }
  }

  private LocalDate day(JsonNode json, String property) {
    String text = text(json, property);
    if (text == null) {
      return null;
    }
    try {
      LocalDate day = LocalDate.parse(text);
      if (day.getYear() > 0 && day.getYear() <= LAST_YEAR) {
        return day;
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    throw wrong(property, "an ISO 8601 date, such as 2023-12-01");
  }

  private void addNotLater(JsonNode json, List<Check> checks) {
    String text = text(json, NOT_LATER);
    if (text == null) {
      return;
    }
    try {
      Duration allowance = Duration.parse(text);
      if (!allowance.isNegative() && allowance.compareTo(LONGEST_ALLOWANCE) <= 0) {
        checks.add(new NotLaterCheck(allowance));
        return;
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    throw wrong(NOT_LATER, "an ISO 8601 duration, 0 to 36525 days, such as PT24H");
  }

  private String text(JsonNode json, String property) {
    if (json.has(property) && !json.get(property).isTextual()) {
      throw wrong(property, "text");
    }
    return json.has(property) ? json.get(property).textValue() : null;
  }

  private BigDecimal number(JsonNode json, String property) {
    if (!json.has(property)) {
      return null;
    }
    if (!json.get(property).isNumber()) {
      throw wrong(property, "a number");
    }
    return bounded(property, json.get(property).decimalValue());
  }

  // Written out, 1e999999999 would fill the memory.
  private BigDecimal bounded(String property, BigDecimal number) {
    if (Math.abs((long) number.scale()) + number.precision() > MAX_DIGITS) {
      throw wrong(property, "numbers of " + MAX_DIGITS + " digits at most");
    }
    return number;
  }

  private List<Object> values(JsonNode json, String property) {
    List<Object> values = new ArrayList<>();
    if (!json.has(property)) {
      return values;
    }
    JsonNode list = json.get(property);
    for (JsonNode each : list) {
      if (each.isTextual()) {
        values.add(each.textValue());
      } else if (each.isNumber()) {
        values.add(bounded(property, each.decimalValue()));
      } else if (each.isBoolean()) {
        values.add(each.booleanValue());
      }
    }
    if (!list.isArray() || list.isEmpty() || values.size() != list.size()) {
      throw wrong(property, "a list of one value or more: texts, numbers, true and false");
    }
    return values;
  }

  private void refuseUnknown(JsonNode json, List<String> known) {
    json.fieldNames()
        .forEachRemaining(
            property -> {
              if (!known.contains(property)) {
                throw new RuleFileException(
                    "%s%s: unknown property '%s'; known are %s"
                        .formatted(
                            file,
                            rule == null ? "" : ", " + rule,
                            property,
                            String.join(", ", known)));
              }
            });
  }

  private RuleFileException wrong(String property, String takes) {
    return new RuleFileException("%s, %s: '%s' takes %s".formatted(file, rule, property, takes));
  }

  private static String types() {
    return Stream.of(ValueType.values()).map(ValueType::text).collect(Collectors.joining(", "));
  }
}

package io.furnistream.transforms;

import io.furnistream.transforms.fields.FieldPath;
import io.furnistream.transforms.fields.Validators;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** Configuration of {@link Pseudonymise}. */
final class PseudonymiseConfig extends AbstractConfig {

  static final String FIELDS = "fields";
  static final String KEY = "key";
  static final String DOMAIN = "domain";
  static final String LENGTH = "length";

  /** As many as the hash has; a shorter key would be easier to guess than the hash to invert. */
  static final int SHORTEST_KEY_BYTES = 32;

  /** What a worker without the provider leaves as it is: anyone could compute its tokens. */
  private static final Pattern REFERENCE = Pattern.compile("\\s*\\$\\{[^}]*}\\s*");

  private static final int SHORTEST_TOKEN = 16;
  private static final int LONGEST_TOKEN = 64;
  private static final int LONGEST_DOMAIN_BYTES = 1000;

  static final ConfigDef CONFIG_DEF =
      new ConfigDef()
          .define(
              FIELDS,
              ConfigDef.Type.LIST,
              ConfigDef.NO_DEFAULT_VALUE,
              Validators.paths(),
              ConfigDef.Importance.HIGH,
              "Names or paths of the fields to replace: text or whole numbers.")
          .define(
              KEY,
              ConfigDef.Type.PASSWORD,
              ConfigDef.NO_DEFAULT_VALUE,
              ConfigDef.LambdaValidator.with(
                  PseudonymiseConfig::requireKey, () -> "32 bytes of UTF-8 or more"),
              ConfigDef.Importance.HIGH,
              "Secret key, 32 bytes of UTF-8 or more, from a config provider, such as"
                  + " <code>${env:PSEUDONYM_KEY}</code>. Never logged. Another key gives other"
                  + " tokens; anyone who has it can test a guess.")
          .define(
              DOMAIN,
              ConfigDef.Type.STRING,
              "",
              ConfigDef.LambdaValidator.with(
                  PseudonymiseConfig::requireDomain, () -> "up to 1000 bytes of UTF-8"),
              ConfigDef.Importance.MEDIUM,
              "Name of what the tokens replace. The same text gives the same token in every field,"
                  + " topic and connector that has the same key and domain, so that tables can be"
                  + " joined by it, and unrelated tokens in another domain.")
          .define(
              LENGTH,
              ConfigDef.Type.INT,
              32,
              ConfigDef.Range.between(SHORTEST_TOKEN, LONGEST_TOKEN),
              ConfigDef.Importance.LOW,
              "Hexadecimal digits of a token. With 32, two of a billion people share one with a"
                  + " probability of 1 in 10^21; with 16, of 1 in 40.");

  PseudonymiseConfig(Map<String, ?> properties) {
    super(CONFIG_DEF, properties, false);
  }

  List<FieldPath> fields() {
    return getList(FIELDS).stream().map(FieldPath::parse).toList();
  }

  byte[] key() {
    return bytes(getPassword(KEY));
  }

  String domain() {
    return getString(DOMAIN);
  }

  int length() {
    return getInt(LENGTH);
  }

  private static byte[] bytes(Password key) {
    return key.value().getBytes(StandardCharsets.UTF_8);
  }

  private static void requireKey(String property, Object value) {
    // The value is a Password, which prints as [hidden].
    if (value != null && REFERENCE.matcher(((Password) value).value()).matches()) {
      throw new ConfigException(
          property,
          value,
          "must be a secret, and is a reference that nothing resolved, such as ${env:NAME}: does the"
              + " worker have that config provider?");
    }
    if (value != null && bytes((Password) value).length < SHORTEST_KEY_BYTES) {
      throw new ConfigException(
          property,
          value,
          "must be 32 bytes of UTF-8 or more, made at random, such as by: openssl rand -base64 33");
    }
  }

  private static void requireDomain(String property, Object value) {
    if (value == null
        || ((String) value).getBytes(StandardCharsets.UTF_8).length > LONGEST_DOMAIN_BYTES) {
      throw new ConfigException(property, value, "must be 1000 bytes of UTF-8 or less");
    }
  }
}

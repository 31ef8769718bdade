package io.furnistream.transforms;

import io.furnistream.transforms.dates.UnixPrecision;
import io.furnistream.transforms.fields.FieldPath;
import io.furnistream.transforms.fields.Validators;
import java.time.ZoneId;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** Configuration of {@link DateParts}. */
final class DatePartsConfig extends AbstractConfig {

  static final String FIELD = "field";
  static final String ZONE = "zone";
  static final String PREFIX = "prefix";
  static final String PRECISION = UnixPrecision.PROPERTY;

  static final ConfigDef CONFIG_DEF =
      new ConfigDef()
          .define(
              FIELD,
              ConfigDef.Type.STRING,
              ConfigDef.NO_DEFAULT_VALUE,
              Validators.path(),
              ConfigDef.Importance.HIGH,
              "Name or path of the field to take apart: a Connect Timestamp or Date, an int64 since"
                  + " 1970-01-01T00:00:00Z, or ISO 8601 text.")
          .define(
              ZONE,
              ConfigDef.Type.STRING,
              "UTC",
              ConfigDef.LambdaValidator.with(
                  DatePartsConfig::requireZone, () -> "name of an IANA time zone"),
              ConfigDef.Importance.MEDIUM,
              "IANA time zone in which an instant is read, such as <code>America/New_York</code>."
                  + " Calendar dates and text without an offset are taken as they are.")
          .define(
              PRECISION,
              ConfigDef.Type.STRING,
              UnixPrecision.MILLISECONDS.toString(),
              ConfigDef.ValidString.in(UnixPrecision.names()),
              ConfigDef.Importance.MEDIUM,
              "What an int64 counts. One that would lie outside of the years 1971 to 2199 is refused,"
                  + " for it is of another unit.")
          .define(
              PREFIX,
              ConfigDef.Type.STRING,
              null,
              Validators.path(),
              ConfigDef.Importance.MEDIUM,
              "What the names or paths of the new fields begin with, in front of"
                  + " <code>year</code>, <code>month</code>, <code>day</code> and"
                  + " <code>weekday</code>. By default the field itself and an underscore: the new"
                  + " fields are next to it.");

  DatePartsConfig(Map<String, ?> properties) {
    super(CONFIG_DEF, properties, false);
  }

  FieldPath field() {
    return FieldPath.parse(getString(FIELD));
  }

  ZoneId zone() {
    return ZoneId.of(getString(ZONE));
  }

  UnixPrecision precision() {
    return UnixPrecision.named(getString(PRECISION));
  }

  FieldPath prefix() {
    String prefix = getString(PREFIX);
    return prefix == null ? field().withSuffix("_") : FieldPath.parse(prefix);
  }

  private static void requireZone(String property, Object value) {
    // Names only: a fixed offset such as +02:00 is wrong for half of the year in most places.
    if (!ZoneId.getAvailableZoneIds().contains(String.valueOf(value))) {
      throw new ConfigException(
          property,
          value,
          "must be the name of an IANA time zone, such as UTC, Europe/Berlin or America/New_York");
    }
  }
}

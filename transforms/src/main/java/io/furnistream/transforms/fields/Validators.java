package io.furnistream.transforms.fields;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** Checks of properties that several transforms share. */
public final class Validators {

  private static final String PATH = "a field's name or its path, such as address.city";

  private Validators() {}

  /** A path, or nothing where the property has no value. */
  public static ConfigDef.Validator path() {
    return ConfigDef.LambdaValidator.with(Validators::requirePath, () -> PATH);
  }

  /** One path or more, each once. */
  public static ConfigDef.Validator paths() {
    return ConfigDef.LambdaValidator.with(
        Validators::requirePaths, () -> "list of names or paths of fields");
  }

  private static void requirePath(String property, Object value) {
    if (value != null) {
      try {
        FieldPath.parse((String) value);
      } catch (IllegalArgumentException e) {
        throw new ConfigException(property, value, "must be " + PATH + ": " + e.getMessage());
      }
    }
  }

  private static void requirePaths(String property, Object value) {
    List<?> paths = (List<?>) value;
    if (paths == null || paths.isEmpty()) {
      throw new ConfigException(property, value, "must list at least one field");
    }
    paths.forEach(path -> requirePath(property, path));
    FieldTree.of(paths.stream().map(path -> FieldPath.parse((String) path)).toList(), property);
  }
}

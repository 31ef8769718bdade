package io.furnistream.connectors.secrets;

import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.rest.ConnectRestExtension;
import org.apache.kafka.connect.rest.ConnectRestExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An extension of Connect's REST API whose answers show {@code [hidden]} instead of each secret of
 * the worker's environment. Without it the API resolves <code>${env:…}</code> for anyone who asks
 * it to validate a configuration, and shows what it found in properties that are not a password.
 */
public final class HideSecrets implements ConnectRestExtension {

  /** The worker's property that says which variables hold secrets. */
  public static final String VARIABLES = "furnistream.secrets.variables";

  private static final Logger LOG = LoggerFactory.getLogger(HideSecrets.class);

  private static final ConfigDef CONFIG_DEF =
      new ConfigDef()
          .define(
              VARIABLES,
              ConfigDef.Type.STRING,
              Secrets.DEFAULT_VARIABLES,
              ConfigDef.LambdaValidator.with(HideSecrets::requirePattern, () -> "a pattern"),
              ConfigDef.Importance.HIGH,
              "A regular expression of the names of the environment variables that hold secrets.");

  private Secrets secrets;

  @Override
  public void configure(Map<String, ?> worker) {
    AbstractConfig config = new AbstractConfig(CONFIG_DEF, worker, false);
    secrets = Secrets.of(System.getenv(), Pattern.compile(config.getString(VARIABLES)));
    if (!secrets.tooShort().isEmpty()) {
      LOG.warn(
          "Not hidden from answers, being shorter than {} characters: the values of {}",
          Secrets.SHORTEST,
          secrets.tooShort());
    }
  }

  @Override
  public void register(ConnectRestExtensionContext context) {
    context.configurable().register(new Interceptor(secrets));
  }

  @Override
  public ConfigDef config() {
    return CONFIG_DEF;
  }

  @Override
  public String version() {
    String version = HideSecrets.class.getPackage().getImplementationVersion();
    return version == null ? "undefined" : version;
  }

  @Override
  public void close() {
    // Nothing is held.
  }

  private static void requirePattern(String property, Object value) {
    try {
      Pattern.compile((String) value);
    } catch (PatternSyntaxException e) {
      throw new ConfigException(
          property, value, "is not a regular expression: " + e.getDescription());
    }
  }

  /** Every entity, including those of errors, is written through it. */
  private record Interceptor(Secrets secrets) implements WriterInterceptor {

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
      ReplacingStream hiding = secrets.hiding(context.getOutputStream());
      context.setOutputStream(hiding);
      context.proceed();
      hiding.finish();
    }
  }
}

package io.furnistream.connectors.sink;

/** The version in the jar's manifest. */
public final class PluginVersion {

  private PluginVersion() {}

  public static String get() {
    String version = PluginVersion.class.getPackage().getImplementationVersion();
    return version == null ? "undefined" : version;
  }
}

package io.furnistream.transforms;

/** The version that every transform of this plugin tells. */
final class PluginVersion {

  /** As the jar's manifest has it. */
  static final String VERSION = read();

  private PluginVersion() {}

  private static String read() {
    String version = PluginVersion.class.getPackage().getImplementationVersion();
    return version == null ? "undefined" : version;
  }
}

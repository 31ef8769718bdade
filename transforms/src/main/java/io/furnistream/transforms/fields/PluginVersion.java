package io.furnistream.transforms.fields;

/** The version that every transform of this plugin reports. */
public final class PluginVersion {

  /** As the jar's manifest has it. */
  public static final String VERSION = read();

  private PluginVersion() {}

  private static String read() {
    String version = PluginVersion.class.getPackage().getImplementationVersion();
    return version == null ? "undefined" : version;
  }
}

package io.furnistream.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the version that the root pom.xml states. */
public final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    Properties build = new Properties();
    try (InputStream written = Version.class.getResourceAsStream("version.properties")) {
      build.load(written);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new String[] {"furnistream " + build.getProperty("version")};
  }
}

package io.furnistream.stack.services;

import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Writes configuration files of services. */
final class PropertiesFile {

  private PropertiesFile() {}

  /** Writes a Java properties file, sorted by key. */
  static void write(Path file, Map<String, String> values) throws IOException {
    Properties properties = new Properties();
    properties.putAll(new TreeMap<>(values));
    StringWriter text = new StringWriter();
    properties.store(text, "Written at every start; changes made here are lost.");
    StateFolder.writeAtomically(file, text.toString());
  }
}

package io.furnistream.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate for 127.0.0.1 that only those trust who are given its trust store; made by the
 * JDK's own {@code keytool}, and worth nothing after the test.
 */
public final class TestCertificate {

  /** Of both stores. */
  public static final String PASSWORD = "of-a-test";

  private static final String ALIAS = "server";
  private static final int LIMIT_SECONDS = 60;

  private final Path keyStore;
  private final Path trustStore;
  private final Path pem;

  private TestCertificate(Path folder) {
    keyStore = folder.resolve("key-store.p12");
    trustStore = folder.resolve("trust-store.p12");
    pem = folder.resolve("certificate.pem");
  }

  /** Makes one, whose files are in {@code folder}. */
  public static TestCertificate in(Path folder) throws IOException, InterruptedException {
    TestCertificate made = new TestCertificate(folder);
    made.keytool(
        made.keyStore,
        List.of(
            "-genkeypair",
            "-keyalg",
            "EC",
            "-dname",
            "CN=127.0.0.1",
            "-ext",
            "san=ip:127.0.0.1,dns:localhost"));
    made.keytool(made.keyStore, List.of("-exportcert", "-rfc", "-file", made.pem.toString()));
    made.keytool(
        made.trustStore, List.of("-importcert", "-noprompt", "-file", made.pem.toString()));
    return made;
  }

  /** The server's key and certificate, PKCS 12. */
  public Path keyStore() {
    return keyStore;
  }

  /** The certificate alone, PKCS 12. */
  public Path trustStore() {
    return trustStore;
  }

  /** The certificate alone, PEM. */
  public Path pem() {
    return pem;
  }

  /** What a server needs. */
  SSLContext serverContext() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream stream = Files.newInputStream(keyStore)) {
      keys.load(stream, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private void keytool(Path store, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(arguments);
    command.addAll(
        List.of(
            "-keystore",
            store.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-alias",
            ALIAS));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("keytool failed: " + arguments);
    }
  }
}

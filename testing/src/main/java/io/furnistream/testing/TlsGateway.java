package io.furnistream.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * The TLS side of a service that speaks plain text: what it takes on its own port it passes on,
 * decrypted, as a gateway in front of a cluster does.
 */
public final class TlsGateway implements AutoCloseable {

  private final SSLServerSocket listening;
  private final int target;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();

  private TlsGateway(SSLServerSocket listening, int target) {
    this.listening = listening;
    this.target = target;
  }

  /**
   * Opens one on a free port of the loopback address.
   *
   * @param target port of the service, on the loopback address
   * @param protocols those that clients may agree on by ALPN; none for a service without
   */
  public static TlsGateway open(TestCertificate certificate, int target, String... protocols)
      throws IOException, GeneralSecurityException {
    SSLServerSocket listening =
        (SSLServerSocket)
            certificate
                .serverContext()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    SSLParameters parameters = listening.getSSLParameters();
    parameters.setApplicationProtocols(protocols);
    listening.setSSLParameters(parameters);
    TlsGateway gateway = new TlsGateway(listening, target);
    gateway.threads.execute(gateway::accept);
    return gateway;
  }

  /** Where it listens. */
  public int port() {
    return listening.getLocalPort();
  }

  /** How many connections have agreed on TLS. */
  public int connections() {
    return connections.get();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        SSLSocket client = (SSLSocket) listening.accept();
        open.add(client);
        threads.execute(() -> serve(client));
      } catch (IOException e) {
        // Closed, or a client that went before it was taken: the next one is another.
      }
    }
  }

  private void serve(SSLSocket client) {
    try (client;
        Socket service = new Socket(InetAddress.getLoopbackAddress(), target)) {
      open.add(service);
      client.startHandshake();
      connections.incrementAndGet();
      threads.execute(() -> copy(service, client));
      copy(client, service);
    } catch (IOException e) {
      // A client that does not trust the certificate, or speaks plain text: that is its error.
    } finally {
      open.remove(client);
    }
  }

  /** Passes on what one side says until it ends, and then ends the other. */
  private void copy(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      // One of the two has gone, and takes the other with it.
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      threads.shutdownNow();
    }
  }
}

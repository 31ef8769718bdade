package io.furnistream.connectors.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.InvalidKeyspaceException;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.connection.BusyConnectionException;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
import com.datastax.oss.driver.api.core.connection.FrameTooLongException;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.SyntaxError;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** What a real Cassandra answers is tested in CassandraSinkTaskIT. */
class FaultTest {

  @Test
  void outagesAreNotARecordsFault() {
    assertThat(Fault.of(new NoNodeAvailableException())).isEqualTo(Fault.INFRASTRUCTURE);
    assertThat(Fault.of(new DriverTimeoutException("late"))).isEqualTo(Fault.INFRASTRUCTURE);
    assertThat(Fault.of(new ClosedConnectionException("gone"))).isEqualTo(Fault.INFRASTRUCTURE);
    assertThat(Fault.of(new BusyConnectionException(1))).isEqualTo(Fault.INFRASTRUCTURE);
  }

  @Test
  void aFullDiskIsNotTheRecordsFault() {
    assertThat(
            Fault.of(
                new InvalidQueryException(
                    null,
                    "Write request failed because disk usage exceeds failure threshold in"
                        + " keyspace furniture")))
        .isEqualTo(Fault.INFRASTRUCTURE);
  }

  @Test
  void invalidValuesAreTheRecordsFault() {
    assertThat(Fault.of(new InvalidQueryException(null, "Key may not be empty")))
        .isEqualTo(Fault.DATA);
    assertThat(
            Fault.of(
                new FrameTooLongException(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), "long")))
        .isEqualTo(Fault.DATA);
  }

  @Test
  void whatNoRecordCanMendIsTheConfigurationsFault() {
    assertThat(Fault.of(new UnauthorizedException(null, "no"))).isEqualTo(Fault.CONFIGURATION);
    assertThat(Fault.of(new SyntaxError(null, "no"))).isEqualTo(Fault.CONFIGURATION);
    assertThat(Fault.of(new InvalidKeyspaceException("no"))).isEqualTo(Fault.CONFIGURATION);
    assertThat(Fault.of(new NullPointerException())).isEqualTo(Fault.CONFIGURATION);
  }
}

package io.furnistream.connectors.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.InvalidKeyspaceException;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.connection.BusyConnectionException;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
import com.datastax.oss.driver.api.core.connection.FrameTooLongException;
import com.datastax.oss.driver.api.core.servererrors.CASWriteUnknownException;
import com.datastax.oss.driver.api.core.servererrors.DefaultWriteType;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.OverloadedException;
import com.datastax.oss.driver.api.core.servererrors.ReadTimeoutException;
import com.datastax.oss.driver.api.core.servererrors.SyntaxError;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import com.datastax.oss.driver.api.core.servererrors.WriteFailureException;
import com.datastax.oss.driver.api.core.servererrors.WriteTimeoutException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
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

  /** Messages of Cassandra 3 to 5. */
  @Test
  void whatANodeHasNotHeardOfIsNotTheRecordsFault() {
    for (String message :
        List.of(
            "table t does not exist",
            "keyspace furniture does not exist",
            "Keyspace 'furniture' doesn't exist",
            "unconfigured table t",
            "unconfigured columnfamily t",
            "Undefined column name region in table furniture.daily_records",
            "Unknown identifier region",
            "Unknown keyspace/cf pair (furniture.t)")) {
      assertThat(Fault.of(new InvalidQueryException(null, message)))
          .as(message)
          .isEqualTo(Fault.SCHEMA);
    }
  }

  @Test
  void whatReplicasDoNotAnswerOrRefuseIsNotTheRecordsFault() {
    DefaultConsistencyLevel quorum = DefaultConsistencyLevel.LOCAL_QUORUM;
    for (Throwable failure :
        List.of(
            new UnavailableException(null, quorum, 2, 1),
            new WriteTimeoutException(null, quorum, 1, 2, DefaultWriteType.SIMPLE),
            new WriteTimeoutException(null, quorum, 1, 2, DefaultWriteType.CAS),
            new CASWriteUnknownException(null, quorum, 1, 2),
            new ReadTimeoutException(null, quorum, 1, 2, false),
            // 3: a replica does not have the table yet.
            new WriteFailureException(
                null,
                quorum,
                1,
                2,
                DefaultWriteType.SIMPLE,
                1,
                Map.of(InetAddress.getLoopbackAddress(), 3)),
            new OverloadedException(null),
            new UnauthorizedException(
                null, "Unable to perform authorization of permissions: Cannot achieve QUORUM"))) {
      assertThat(Fault.of(failure)).as(failure.toString()).isEqualTo(Fault.INFRASTRUCTURE);
    }
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

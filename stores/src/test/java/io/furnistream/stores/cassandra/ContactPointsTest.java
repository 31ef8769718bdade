package io.furnistream.stores.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.furnistream.cli.CannotRunException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the nodes of Cassandra may be named. */
class ContactPointsTest {

  @Test
  void aHostOrAnAddressHasAPortOrTheUsualOne() {
    assertThat(ContactPoints.parse("127.0.0.2, 127.0.0.1:9999,[::1]:9043,[::1],fe80::1"))
        .extracting(InetSocketAddress::getHostString, InetSocketAddress::getPort)
        .containsExactly(
            tuple("127.0.0.2", 9042),
            tuple("127.0.0.1", 9999),
            tuple("0:0:0:0:0:0:0:1", 9043),
            tuple("0:0:0:0:0:0:0:1", 9042),
            tuple("fe80:0:0:0:0:0:0:1", 9042));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "host:", "host:nine", "host:0", "host:65536", "[::1", "a b"})
  void anythingElseIsNamedWithTheVariable(String point) {
    assertThatThrownBy(() -> ContactPoints.parse("127.0.0.1:9042," + point))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("'" + point + "'")
        .hasMessageContaining("FURNISTREAM_CASSANDRA_CONTACT_POINTS");
  }
}

package io.furnistream.stack.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** How a status is written to a file. */
class ServiceStatusTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void theStatusOfAnOlderSupervisorIsReadAndWrittenAsTodays() throws IOException {
    ServiceStatus status =
        JSON.readValue(
            """
            {"name":"connect","state":"READY","pid":7,"port":8083,"restarts":1,"mended":2,
             "resident_bytes":0,"detail":""}
            """,
            ServiceStatus.class);

    assertThat(status.repairs()).isEqualTo(2);
    assertThat(JSON.writeValueAsString(status))
        .isEqualTo(
            "{\"name\":\"connect\",\"state\":\"READY\",\"pid\":7,\"port\":8083,\"restarts\":1,"
                + "\"repairs\":2,\"resident_bytes\":0,\"detail\":\"\"}");
  }
}

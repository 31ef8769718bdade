package io.furnistream.datagen.sales;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.datagen.GenerateInChild;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryTest {

  @TempDir private Path folder;

  @Test
  void aDayNeedsNoMemoryForItsRecords() throws Exception {
    // 300,000 records held at once would be some 200 MB.
    Path out = folder.resolve("out");
    Process child =
        GenerateInChild.java(MemoryTest.class, List.of("-Xmx96m"), "300000")
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      assertThat(child.waitFor(120, TimeUnit.SECONDS)).isTrue();
    } finally {
      child.destroyForcibly();
    }
    assertThat(out).hasContent("300000");
    assertThat(child.exitValue()).isZero();
  }

  /** The child: generates one day of as many records as its argument says, and counts them. */
  public static void main(String[] args) {
    AtomicLong count = new AtomicLong();
    new DayGenerator(Days.dataset(1, Integer.parseInt(args[0])))
        .generate(LocalDate.of(2023, 12, 1), each -> count.incrementAndGet());
    System.out.println(count.get());
  }
}

package io.furnistream.transforms.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.transforms.text.KeyForm;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceFileTest {

  @TempDir Path folder;

  @Test
  void aFileThatChangesIsReadAgainAndABrokenOneChangesNothing() throws Exception {
    long[] now = {0};
    Path file = write("t.csv", "id,name\n1,one\n");
    ReferenceTable table =
        new ReferenceTable(
            List.of("id"), List.of(LookupColumn.parse("name:string")), new KeyForm(false));
    ReferenceFile source =
        new ReferenceFile(
            file,
            TableReader.csv(','),
            table,
            new RowLimit(2, "max.rows"),
            java.time.Duration.ofSeconds(10),
            () -> now[0]);

    write("t.csv", "id,name\n1,uno!\n2,dos\n");
    now[0] = 9_999_999_999L;
    assertThat(source.row("1")).as("not yet looked at").containsExactly("one");
    now[0] = 10_000_000_000L;
    assertThat(source.row("1")).containsExactly("uno!");
    assertThat(source.row("2")).containsExactly("dos");

    for (String broken :
        List.of(
            "id,name\n1,a\n2,b\n3,too many\n",
            "id\n1\n",
            "id,name\n1,a\n1,twice\n",
            "id,name\n,a\n",
            "id,name\n1,a,b\n",
            "id,name\n1,\"never closed\n")) {
      write("t.csv", broken);
      now[0] += 10_000_000_000L;
      assertThat(source.row("1")).as(broken).containsExactly("uno!");
    }
    Files.write(
        folder.resolve("t.csv"),
        "id,name\n1,Michoacán\n".getBytes(Charset.forName("windows-1252")));
    now[0] += 10_000_000_000L;
    assertThat(source.row("1")).as("not UTF-8").containsExactly("uno!");
    Files.delete(file);
    now[0] += 10_000_000_000L;
    assertThat(source.row("2")).containsExactly("dos");
    write("t.csv", "id,name\n2,two\n");
    now[0] += 10_000_000_000L;
    assertThat(source.row("1")).isNull();
    assertThat(source.row("2")).containsExactly("two");
    source.close();
  }

  private Path write(String name, String text) throws IOException {
    // By renaming another file, as a table should be replaced.
    Path draft = Files.writeString(folder.resolve(name + ".draft"), text);
    return Files.move(
        draft, folder.resolve(name), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }
}

package io.furnistream.replay.suggest;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.replay.mapping.FieldSource.Derivation;
import io.furnistream.replay.mapping.FieldSource.Derived;
import io.furnistream.replay.mapping.FieldSource.FromColumn;
import io.furnistream.replay.mapping.Mapping;
import io.furnistream.replay.mapping.MappingReader;
import io.furnistream.replay.mapping.NumberStyle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuggesterTest {

  @TempDir private Path folder;

  @Test
  void theColumnsOfAShopAreFoundByTheirNames() throws Exception {
    Mapping mapping =
        suggested(
            """
            Invoice No;Datum;Artikel;Menge;Umsatz;City;Note
            17;24.12.2023;Stuhl;2;1.234,50;Köln;x
            18;23.12.2023;Tisch;1;99,00;Köln;
            ;;;;;;
            """);

    assertThat(mapping.key()).containsExactly("Invoice No");
    assertThat(mapping.numbers()).isEqualTo(NumberStyle.COMMA);
    assertThat(mapping.skipped()).containsExactly(Mapping.Skipped.BLANK_ROWS);
    assertThat(((FromColumn) mapping.fields().get("ts")).formats()).containsExactly("d.M.yyyy");
    assertThat(mapping.fields().get("product_name").column()).hasValue("Artikel");
    assertThat(mapping.fields().get("quantity").column()).hasValue("Menge");
    assertThat(mapping.fields().get("revenue").column()).hasValue("Umsatz");
    assertThat(mapping.fields().get("price")).isEqualTo(new Derived(Derivation.PRICE_FROM_REVENUE));
    assertThat(mapping.fields().get("city").column()).hasValue("City");
  }

  @Test
  void daysThatCouldBeMonthsAreSaidToBe() throws Exception {
    String yaml = suggest("date,product,qty,price\n1/2/2023,Chair,1,2\n3/4/2023,Desk,1,2\n");

    assertThat(yaml).contains("formats: ['M/d/yyyy']", "could have days first");
    assertThat(suggest("date,product,qty,price\n13/2/2023,Chair,1,2\n"))
        .contains("formats: ['d/M/yyyy']")
        .doesNotContain("could have");
  }

  @Test
  void aDateThatIsNoneIsNamedAndTheFormatFoundByTheOthers() throws Exception {
    String rows =
        IntStream.rangeClosed(1, 20)
            .mapToObj(n -> "%d.5.2018,Stuhl,1,2,%d\n".formatted(n, n))
            .collect(Collectors.joining());

    assertThat(suggest("Datum,Artikel,Menge,Preis,Nr\n31.2.2021,Tisch,1,2,0\n" + rows))
        .contains("formats: ['d.M.yyyy']", "'31.2.2021' in 'Datum' is no time of the format");
  }

  @Test
  void twoColumnsMayNameARowAndWhereNoneDoesItIsSaid() throws Exception {
    String rows =
        "%s,1,2018-05-01,Stuhl,1,2\n%s,2,2018-05-01,Stuhl,1,2\n%s,1,2018-05-01,Stuhl,1,2\n";
    String header = "Rechnung,Pos,Datum,Artikel,Menge,Preis\n";

    assertThat(suggested(header + rows.formatted("A", "A", "B")).key())
        .containsExactly("Rechnung", "Pos");
    assertThat(suggest(header + rows.formatted("A", "A", "A")))
        .contains("key: all_columns", "a row that you correct counts beside the old one");
  }

  @Test
  void whatIsMissingIsSaid() throws Exception {
    assertThat(suggest("when,what,how many\n2023-01-01,Chair,1\n"))
        .contains(
            "No column was found for 'ts'",
            "No column was found for 'product_name'",
            "No column was found for 'quantity'",
            "'price' or 'revenue'",
            "Columns that are not used: when, what, how many");
  }

  private Mapping suggested(String text) throws IOException {
    return MappingReader.read("suggested.yaml", suggest(text));
  }

  private String suggest(String text) throws IOException {
    return Suggester.suggest(Files.writeString(folder.resolve("shop.csv"), text));
  }
}

package io.furnistream.replay.places;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names as people write them, in a gazetteer of a few cities. */
class GazetteerTest {

  private static final String CITIES =
      """
      [{"country_code":"US","city":"Dallas","latitude":32.78306,"longitude":-96.80667,"population":1300092,"state":"Texas"},
       {"country_code":"US","city":"Dallas","latitude":33.92371,"longitude":-84.84077,"population":12629,"state":"Georgia"},
       {"country_code":"US","city":"Portland","latitude":45.52345,"longitude":-122.67621,"population":632309,"state":"Oregon"},
       {"country_code":"US","city":"Portland","latitude":43.65737,"longitude":-70.2589,"population":66881,"state":"Maine"},
       {"country_code":"US","city":"Washington","latitude":38.89511,"longitude":-77.03637,"population":689545,"state":"Washington, D.C."},
       {"country_code":"US","city":"St. Louis","latitude":38.62727,"longitude":-90.19789,"population":315685,"state":"Missouri"},
       {"country_code":"BR","city":"São Paulo","latitude":-23.5475,"longitude":-46.63611,"population":12400232,"state":"Sao Paulo"},
       {"country_code":"DE","city":"München","latitude":48.13743,"longitude":11.57549,"population":1260391,"state":"Bavaria","county":"x"},
       {"country_code":"PL","city":"Łódź","latitude":51.77058,"longitude":19.47395,"population":768755,"state":"Lodz Voivodeship"},
       {"country_code":"SG","city":"Singapore","latitude":1.28967,"longitude":103.85007,"population":3547809}]
      """;

  @TempDir private static Path folder;
  private static Gazetteer gazetteer;

  @BeforeAll
  static void read() throws IOException {
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("geocode.gz")))) {
      out.write(CITIES.getBytes(StandardCharsets.UTF_8));
    }
    Files.writeString(
        folder.resolve("countries.csv"),
        "US,United States\nBR,Brazil\nDE,Germany\nPL,Poland\nSG,Singapore\n");
    gazetteer = Gazetteer.read(folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "United States|Texas|Dallas|Texas|32.783060",
        "USA|TX|Dallas|Texas|32.783060",
        "U.S.|Tex.|DALLAS|Texas|32.783060",
        "us|Georgia|dallas|Georgia|33.923710",
        "''|TX|Dallas|Texas|32.783060",
        "USA|''|Dallas|Texas|32.783060",
        "USA|D.C.|Washington|Washington, D.C.|38.895110",
        "USA|District of Columbia|Washington|Washington, D.C.|38.895110",
        "USA|MO|Saint Louis|Missouri|38.627270",
        "USA|MO|St Louis|Missouri|38.627270",
        "Brasil|SP|Sao Paulo|Sao Paulo|-23.547500",
        "Brazil|São Paulo|São Paulo|Sao Paulo|-23.547500",
        "Deutschland|Bayern|Munchen|Bavaria|48.137430",
        "Poland|''|Lodz|Lodz Voivodeship|51.770580",
        "Singapore|''|Singapore|Singapore|1.289670",
      })
  void aCityIsKnownHoweverItIsWritten(
      String country, String state, String city, String fullState, String latitude) {
    assertThat(gazetteer.find(country, state, city))
        .hasValueSatisfying(
            place -> {
              assertThat(place.state()).isEqualTo(fullState);
              assertThat(place.latitude()).isEqualTo(latitude);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "Atlantis, '', Dallas",
    "USA, Ohio, Dallas",
    "USA, TX, Dalles",
    "USA, '', ''",
    "'', '', ''",
  })
  void aPlaceThatIsNotThereIsUnknown(String country, String state, String city) {
    assertThat(gazetteer.find(country, state, city)).isEmpty();
  }

  @Test
  void aNameOfSeveralCitiesIsGuessedOnlyWhereOneIsFarLarger() {
    assertThat(gazetteer.find("USA", "", "Dallas")).isPresent();
    assertThat(gazetteer.find("USA", "", "Portland")).isEmpty();
    assertThat(gazetteer.find("USA", "ME", "Portland"))
        .hasValueSatisfying(place -> assertThat(place.state()).isEqualTo("Maine"));
  }
}

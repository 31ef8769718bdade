package io.furnistream.datagen.demand;

import io.furnistream.datagen.store.City;
import io.furnistream.datagen.store.Demand;
import io.furnistream.datagen.store.Store;
import io.furnistream.schemas.RecordId;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import net.datafaker.Faker;
import net.datafaker.providers.base.Name;

/**
 * The people who buy: they arrive month by month, come back at a rate of their own, and leave. They
 * do not depend on how much is sold, so that datasets of one store and seed show the same people.
 */
final class Customers {

  private static final int TAG_DIGITS = 8;

  /** No customer stays longer than this many average lifetimes. */
  private static final int MAX_LIFETIMES = 3;

  /** Most who arrive in a month, however much the store has grown. */
  private static final int MAX_ARRIVALS = 20_000;

  private final Demand.Customers settings;
  private final Growth growth;
  private final Tastes tastes;
  private final Weighted<City> cities;
  private final Weighted<String> segments;
  private final Weighted<Double> rates;
  private final String tag;
  private final long seed;
  private final Map<YearMonth, Cohort> cohorts = new ConcurrentHashMap<>();

  // Names are drawn from a source of their own, so that a newer Datafaker could change names but
  // never who buys what.
  private final Random nameSource = new Random(0);
  private final Name names = new Faker(Locale.US, nameSource).name();

  Customers(Store store, Growth growth, Tastes tastes, String version, long seed) {
    this.settings = store.demand().customers();
    this.growth = growth;
    this.tastes = tastes;
    String[] owner = {version, store.fingerprint(), Long.toString(seed)};
    this.seed = Seeds.of("customers", owner[0], owner[1], owner[2]);
    this.tag = RecordId.of("tag", owner[0], owner[1], owner[2]).text().substring(0, TAG_DIGITS);
    Weighted.Builder<City> homes = Weighted.builder();
    store.cities().forEach(city -> homes.add(city, city.weight()));
    this.cities = homes.build();
    Weighted.Builder<String> kinds = Weighted.builder();
    settings.segments().forEach(kinds::add);
    this.segments = kinds.build();
    Weighted.Builder<Double> speeds = Weighted.builder();
    settings.rates().forEach(rate -> speeds.add(rate.rate(), rate.weight()));
    this.rates = speeds.build();
  }

  /** Those who may buy on a day, weighted by how often they do. */
  Weighted<Customer> on(LocalDate day) {
    YearMonth last = YearMonth.from(day);
    YearMonth first = YearMonth.from(day.minusDays((long) MAX_LIFETIMES * settings.lifetime()));
    long today = day.toEpochDay();
    Weighted.Builder<Customer> there = Weighted.builder();
    for (YearMonth month = first; !month.isAfter(last); month = month.plusMonths(1)) {
      for (Cohort.Member member : cohorts.computeIfAbsent(month, this::cohort).members()) {
        if (member.isThereOn(today)) {
          there.add(member.customer(), member.rate());
        }
      }
    }
    return there.build();
  }

  private synchronized Cohort cohort(YearMonth month) {
    LocalDate start = month.atDay(1);
    long monthSeed = Draws.at(seed, start.toEpochDay());
    Draws draws = new Draws(monthSeed);
    nameSource.setSeed(monthSeed);
    long grown = Math.round(settings.arrive() * growth.on(start));
    int count = (int) Math.max(1, Math.min(MAX_ARRIVALS, grown));
    List<Cohort.Member> members = new ArrayList<>(count);
    for (int i = 1; i <= count; i++) {
      // The first of a month is there for all of it, so that a day always has somebody to sell to.
      long from = start.toEpochDay() + (i == 1 ? 0 : draws.below(month.lengthOfMonth()));
      long least = i == 1 ? month.lengthOfMonth() : 1;
      long until = from + Math.max(least, lifetime(draws));
      members.add(new Cohort.Member(customer(month, i, draws), from, until, rates.draw(draws)));
    }
    return new Cohort(List.copyOf(members));
  }

  private Customer customer(YearMonth month, int number, Draws draws) {
    City city = cities.draw(draws);
    return new Customer(
        String.format(
            Locale.ROOT, "C-%s-%04d%02d-%04d", tag, month.getYear(), month.getMonthValue(), number),
        names.firstName() + " " + names.lastName(),
        segments.draw(draws),
        city,
        tastes.regionOf(city));
  }

  /** Days, exponentially distributed: whoever has stayed long is no more likely to leave. */
  private long lifetime(Draws draws) {
    double average = settings.lifetime();
    double days = -average * StrictMath.log(1 - draws.fraction());
    return (long) Math.min(MAX_LIFETIMES * average, days);
  }
}

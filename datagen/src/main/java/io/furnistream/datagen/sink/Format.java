package io.furnistream.datagen.sink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a file of sales is, which the end of its name says. */
enum Format {
  PARQUET {
    @Override
    SaleWriter begin(Path file) throws IOException {
      return new ParquetSales(file);
    }
  },
  AVRO {
    @Override
    SaleWriter begin(Path file) throws IOException {
      return new AvroSales(file);
    }
  },
  CSV {
    @Override
    SaleWriter begin(Path file) throws IOException {
      return new CsvSales(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW));
    }
  };

  /** The format of a file of this name; empty when it is none of them. */
  static Optional<Format> of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Stream.of(values())
        .filter(format -> lower.endsWith("." + format.name().toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  /**
   * Begins a file.
   *
   * @throws IOException when it is there already, or cannot be written
   */
  abstract SaleWriter begin(Path file) throws IOException;
}

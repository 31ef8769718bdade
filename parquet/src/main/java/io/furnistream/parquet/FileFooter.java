package io.furnistream.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.Util;

/** Reads a Parquet file's footer. The library's own reader would need Hadoop. */
public final class FileFooter {

  private static final String MAGIC = "PAR1";
  private static final int TAIL_BYTES = Integer.BYTES + MAGIC.length();
  private static final int LARGEST_FOOTER = 16 << 20;

  private FileFooter() {}

  /**
   * The file's key-value metadata.
   *
   * @throws IOException when the file cannot be read, or is not a Parquet file
   */
  public static Map<String, String> metadata(Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      byte[] tail = read(file, file.length() - TAIL_BYTES, TAIL_BYTES);
      int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt();
      String magic = new String(tail, Integer.BYTES, MAGIC.length(), StandardCharsets.US_ASCII);
      if (!magic.equals(MAGIC) || length < 0 || length > LARGEST_FOOTER) {
        throw new IOException(path + " does not end as a Parquet file does");
      }
      byte[] footer = read(file, file.length() - TAIL_BYTES - length, length);
      Map<String, String> metadata = new HashMap<>();
      for (KeyValue entry :
          Util.readFileMetaData(new ByteArrayInputStream(footer)).getKey_value_metadata()) {
        metadata.put(entry.getKey(), entry.getValue());
      }
      return metadata;
    }
  }

  private static byte[] read(RandomAccessFile file, long from, int length) throws IOException {
    if (from < 0) {
      throw new IOException("The file is too short for a Parquet file");
    }
    byte[] bytes = new byte[length];
    file.seek(from);
    file.readFully(bytes);
    return bytes;
  }
}

package io.furnistream.stores.export;

/**
 * What a manifest states about a file.
 *
 * @param path from the export folder on
 * @param schema name of its columns' schema
 * @param schemaFingerprint SHA-256 of the Parquet schema
 * @param rows how many
 * @param bytes size of the file
 * @param contentSha256 hash of the values, row by row: the same whatever encodes them
 * @param sha256 hash of the file
 */
public record ManifestFile(
    String path,
    String schema,
    String schemaFingerprint,
    long rows,
    long bytes,
    String contentSha256,
    String sha256) {

  /** Whether it states all that it should. */
  boolean isComplete() {
    return path != null
        && schema != null
        && schemaFingerprint != null
        && contentSha256 != null
        && sha256 != null;
  }

  /** Whether both hold the same rows in the same columns. */
  public boolean saysTheSameAs(ManifestFile other) {
    return path.equals(other.path)
        && schemaFingerprint.equals(other.schemaFingerprint)
        && contentSha256.equals(other.contentSha256);
  }
}

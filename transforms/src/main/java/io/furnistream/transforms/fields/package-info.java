/**
 * Reads and writes fields of records, with a schema and without one. {@link
 * io.furnistream.transforms.fields.FieldTransform} is what a new transform extends.
 */
package io.furnistream.transforms.fields;

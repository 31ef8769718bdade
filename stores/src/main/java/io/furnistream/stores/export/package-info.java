/**
 * What a folder of closed days promises to whoever reads it: the manifest of a day. What writes the
 * folder and what proves it know each other by this alone.
 */
package io.furnistream.stores.export;

/** Work in several threads whose results are taken in the order in which it was started. */
package io.furnistream.datagen.pipeline;

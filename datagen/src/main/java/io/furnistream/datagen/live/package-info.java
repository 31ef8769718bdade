/** Sales of now: produced when they come in, until the run is asked to stop. */
package io.furnistream.datagen.live;

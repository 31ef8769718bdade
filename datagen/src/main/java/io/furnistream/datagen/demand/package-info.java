/** The demand model: what is bought on a day, by whom, when, and at which price. */
package io.furnistream.datagen.demand;

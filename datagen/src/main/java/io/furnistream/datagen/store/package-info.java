/** A store as its file says it is: what it sells, where its customers live, how they shop. */
package io.furnistream.datagen.store;

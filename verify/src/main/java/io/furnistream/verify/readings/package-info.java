/** Reads what each store holds: one class a store, with what it reads through. */
package io.furnistream.verify.readings;

/**
 * Produces the store's sales: a demand model that gives the same records for the same arguments on
 * every machine, and the ledger of what each dataset must have left behind on each day.
 */
package io.furnistream.datagen;

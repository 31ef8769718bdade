/**
 * The files of closed days: their columns, how they are written, and the folder they are moved
 * into.
 */
package io.furnistream.rollup.files;

/** Grids of cells on the earth. */
package io.furnistream.transforms.geo;

/** The calendar day of a timestamp, a number or a text. */
package io.furnistream.transforms.dates;

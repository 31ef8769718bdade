/** Figures and tables as they must be and as they were found, and what differs between them. */
package io.furnistream.verify.tables;

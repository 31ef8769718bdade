/** The answer of a verification, as text for a person and as JSON for a program. */
package io.furnistream.verify.report;

/** The dashboards as code: their YAML, checked, and the bundle that Superset imports. */
package io.furnistream.superset;

/**
 * An OTLP receiver for tests: takes spans over HTTP as a collector does and says what they hold.
 * Called by the tests of tracing; knows nothing of Siaran.
 * Always holds: what was received is kept as it came, bytes too, so that a test can say what is not in it.
 */
package io.siaran.localstack.otlp;

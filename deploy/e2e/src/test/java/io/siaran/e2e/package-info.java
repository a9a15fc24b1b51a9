/**
 * The whole way of a message on the packaged processes, judged by the simulator's ledger and not by our own database.
 * Run by {@code ./siaran test} after the tests of the services, beside those of {@code deploy/e2e-stacks}.
 * Always holds: each test has its own users, devices and leads, and leaves no process behind.
 */
package io.siaran.e2e;

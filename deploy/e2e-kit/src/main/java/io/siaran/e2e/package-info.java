/**
 * What end-to-end tests have in common: the packaged stack, whoever calls it, and the ledger by which they judge. The tests
 * themselves are two modules in the same package, so that they run beside each other: {@code deploy/e2e} on one stack that all
 * share, {@code deploy/e2e-stacks} each on a stack of its own.
 */
package io.siaran.e2e;

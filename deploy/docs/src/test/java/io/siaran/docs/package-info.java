/**
 * The pages under {@code docs/} that follow from the code: they are compared with it, and written by {@code ./siaran docs}.
 * Run by {@code ./siaran test} when the services are packaged.
 * A page that is stale fails the build and says how to renew it.
 */
package io.siaran.docs;

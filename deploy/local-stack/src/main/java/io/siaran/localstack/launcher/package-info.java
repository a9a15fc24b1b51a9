/**
 * The whole of Siaran on this machine: servers, simulator, the four packaged services and the front door.
 * Called by {@code ./siaran} and, through {@code LocalStack}, by the end-to-end tests and the demo.
 * What it started it also ends, in the opposite order; what a killed run left behind, the next start ends first.
 */
package io.siaran.localstack.launcher;

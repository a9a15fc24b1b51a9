/**
 * A sequence on a virtual clock: what a sample lead would be sent, and when. Called by authors over REST.
 * Always holds: nothing is stored and nothing is sent.
 */
package io.siaran.sequence.simulation;

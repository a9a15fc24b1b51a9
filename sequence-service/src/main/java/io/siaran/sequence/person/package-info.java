/**
 * What this service keeps of one person, for whoever is asked by them.
 * Called by the topic of requests; nobody imports it.
 * Always holds: nothing is erased while something to the person is under way, and what was erased is told by the same transaction.
 */
package io.siaran.sequence.person;

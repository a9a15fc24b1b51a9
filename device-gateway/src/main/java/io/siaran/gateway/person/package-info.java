/**
 * What this service keeps of one person, for whoever is asked by them.
 * Called by the topic of requests; nobody imports it.
 * Always holds: it reads and answers, and changes nothing.
 */
package io.siaran.gateway.person;

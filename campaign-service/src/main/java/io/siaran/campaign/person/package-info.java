/**
 * What is kept of one person, by all services, and its erasure: asked for over one topic, answered over another, put together here.
 * Called over REST and by the two topics; nobody imports it.
 * Always holds: a request has ended only when every service has told all of its answer.
 */
package io.siaran.campaign.person;

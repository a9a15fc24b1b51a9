/**
 * The sequence service: which lead is in which sequence, and when the next step of each is due. Start reading at authoring.
 * Between leads (in), message-status (in) and broadcast-messages (out); called by the CRM over REST.
 * Always holds: of one enrolment at most one step is under way, and no step is ever fired under two message ids.
 */
package io.siaran.sequence;

/**
 * The sequence service: who walks which timeline, and when the next step of each is due. Start reading at authoring.
 * Between leads (in), message-status (in) and broadcast-messages (out); called by the CRM over REST.
 * Always holds: of one walk at most one step is under way, and no step is ever fired under two message ids.
 */
package io.siaran.sequence;

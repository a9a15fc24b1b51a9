/**
 * Everything that is known of one person for one tenant: leads, whether it must not be written to, messages, walks, replies.
 * Called by REST; reads what others keep.
 * Always holds: of another tenant's person nothing is told, not even whether there is one.
 */
package io.siaran.dispatch.people;

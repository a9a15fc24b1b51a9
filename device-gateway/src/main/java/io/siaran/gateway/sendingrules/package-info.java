/**
 * What a tenant asks of all its devices together: quiet hours, holidays, rates.
 * Called by the CRM over REST; a turn reads the rules through {@code ConnectedDevices}.
 * A change holds for every turn that begins after it was answered.
 */
package io.siaran.gateway.sendingrules;

/**
 * Contacts: who they are, on which device, what they care for and which triggers they carry.
 * Called by the CRM over REST and by sequences over lead-commands; campaigns read the tables.
 * Always holds: every committed change of a lead is announced with a higher version, in the same transaction.
 */
package io.siaran.campaign.lead;

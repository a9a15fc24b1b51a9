/**
 * Whether a number is on WhatsApp, asked before a message where a campaign or a device is to and its platform can.
 * Called by turns, before a try begins.
 * What is not known sends: only a platform's clear no keeps a message from going out.
 */
package io.siaran.gateway.numbercheck;

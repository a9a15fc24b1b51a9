/**
 * Makes a text a person's rather than a machine's: variables, choices, a greeting before it, a little variation in it. Pure.
 * Called by the lanes when a message is about to go out, and by the preview, through the one door {@link AntiSpam}.
 * The same message gives the same text; what a reader sees of it, and every link, price and name, is as it was written.
 */
package io.siaran.gateway.antispam;

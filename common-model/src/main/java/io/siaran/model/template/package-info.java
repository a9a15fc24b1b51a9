/**
 * A message's text as its author writes it: variables, choices (spintax), how long it may get. Pure.
 * Called where a text is saved (campaigns, sequences, direct messages) and where it goes out (the gateway).
 * Always holds: what was accepted at saving can be rendered, in time linear in its length; a value is never read as a template.
 */
package io.siaran.model.template;

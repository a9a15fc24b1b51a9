/**
 * The journal of tries: begins a try if everything allows it, settles it, rescues what was cut, forgets what is old, audits
 * the pace. Start at {@code Journal}; turns and recalls call it, and so will callbacks and look-ups.
 * A try has a committed row before its platform is called, and every row that has ended is published to dispatch.
 */
package io.siaran.gateway.journal;

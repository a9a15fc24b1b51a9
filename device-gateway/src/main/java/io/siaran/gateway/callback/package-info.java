/**
 * What the platforms tell: receipts, replies, connections. Called by the platforms, and by people who read replies.
 * A callback is verified and stored before it is answered; workers match what is stored and publish it in the transaction that
 * forgets it. What cannot be verified changes nothing and learns nothing.
 */
package io.siaran.gateway.callback;

/**
 * What a reply says about being written to. Pure. Called where it decides: in campaign-service, which knows who wrote and
 * suppresses the person, and in the gateway for senders who are hidden as yet.
 * Always holds: both judge a reply alike, by the one file {@code words.txt}.
 */
package io.siaran.model.optout;

/**
 * Lanes: what is to be sent waits here, device by device, and goes out one message at a time at its device's pace.
 * Start at {@code DeviceSendIntake} (records in), then {@code DeviceLane} (waiting); nobody calls it.
 * A record is acknowledged when its try has ended in the journal, never before.
 */
package io.siaran.gateway.lane;

/**
 * Lanes: what is to be sent waits here, device by device, and goes out one message at a time at its device's pace.
 * Start at {@code DeviceSendIntake} (records in), {@code DeviceLane} (waiting), {@code Turn} (one message); nobody calls it.
 * A try has a committed journal row before its platform is called, and every row that was begun is told to dispatch.
 */
package io.siaran.gateway.lane;

package io.siaran.gateway.journal;

import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.provider.OutgoingMessage;
import io.siaran.gateway.rules.Frame;
import io.siaran.model.Send;
import java.time.Duration;
import java.util.UUID;

/**
 * Everything that the database is asked with whether a try may begin now.
 *
 * @param turn names this lane's attempts at it, and no other lane's
 * @param frame what the device's rules say around now
 * @param delay the pause before it
 * @param longestCall within which its platform's call returns
 * @param message as it will go out, made for that device
 */
public record Attempt(
        Send send,
        UUID turn,
        ConnectedDevice device,
        Frame frame,
        Duration delay,
        Duration longestCall,
        OutgoingMessage message) {}

package io.siaran.gateway.provider.whatsappweb.waha;

import io.siaran.gateway.device.Health;

/** The states of a session. */
final class WahaStatus {

    private WahaStatus() {}

    static Health health(String status) {
        return switch (status) {
            case "WORKING" -> new Health.Connected();
            case "SCAN_QR_CODE" -> new Health.NotConnected("waits for its QR code");
            case "STARTING" -> new Health.NotConnected("the session is starting");
            case "STOPPED" -> new Health.NotConnected("the session is stopped");
            case "FAILED" -> new Health.NotConnected("the session has failed: restart or link it again");
            default -> new Health.NotConnected("the session is in a state that nobody knows");
        };
    }
}

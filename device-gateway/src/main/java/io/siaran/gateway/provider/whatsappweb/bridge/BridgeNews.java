package io.siaran.gateway.provider.whatsappweb.bridge;

import io.siaran.gateway.device.CallbackSecrets;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.Platform;
import io.siaran.model.DeviceId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where the bridge tells what happens to a session, and to which it was said; the secrets of a device may be replaced. */
final class BridgeNews {

    /** Some times the devices of the largest installation; beyond it all are told again, which changes nothing. */
    private static final int MOST = 20_000;

    private final CallbackSecrets secrets;
    private final Map<DeviceId, Integer> told = new ConcurrentHashMap<>();

    BridgeNews(CallbackSecrets secrets) {
        this.secrets = secrets;
    }

    /** As the bridge takes it: a path below its webhook's address, and what it signs with. */
    Map<String, String> callback(ConnectedDevice device) {
        String platform = Platform.BRIDGE.wire();
        String address = secrets.ofAddress(platform, device.id(), device.callbackGeneration());
        return Map.of(
                "path",
                platform + "/" + device.id() + "/" + address,
                "secret",
                secrets.ofSignature(device.id(), device.callbackGeneration()));
    }

    boolean isTold(ConnectedDevice device) {
        return Integer.valueOf(device.callbackGeneration()).equals(told.get(device.id()));
    }

    void told(ConnectedDevice device) {
        if (told.size() >= MOST) {
            told.clear();
        }
        told.put(device.id(), device.callbackGeneration());
    }
}

package io.siaran.gateway.callback;

import io.siaran.model.DeviceId;

/**
 * Where a device's platform calls: each time the secret is replaced it is another one. Who knows one that has ended is somebody
 * else than who knows the newest, so nothing of what the one may use is the other's.
 *
 * @param generation of the secret
 */
record CallbackAddress(DeviceId device, int generation) {}

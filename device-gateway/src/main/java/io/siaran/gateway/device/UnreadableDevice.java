package io.siaran.gateway.device;

import io.siaran.model.DeviceId;

/** A device whose row makes no sense, say because its credential does not open: until a person changes it, nothing can be done. */
public final class UnreadableDevice extends RuntimeException {

    /** For the person who can change it. */
    public static final String REASON = "its settings or its credential cannot be read";

    private static final long serialVersionUID = 1L;

    private final transient DeviceId device;
    private final long version;

    UnreadableDevice(DeviceId device, long version, RuntimeException cause) {
        super("device " + device + " cannot be read: " + cause.getClass().getSimpleName(), cause);
        this.device = device;
        this.version = version;
    }

    public DeviceId device() {
        return device;
    }

    /** Of the device that was found so. */
    public long version() {
        return version;
    }
}

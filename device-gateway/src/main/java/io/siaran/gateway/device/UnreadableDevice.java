package io.siaran.gateway.device;

import io.siaran.model.DeviceId;

/** A device whose row cannot be read, for instance because its credential does not open. Only an operator can repair it. */
public final class UnreadableDevice extends RuntimeException {

    /** For the operator who can change it. */
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

package io.siaran.gateway.device;

import io.siaran.model.WireEnum;

/** Why a platform refuses a device; each says what cures it. */
public enum RefusalCause implements WireEnum {
    /** The credential or the subscription is not valid: another one, or a paid bill. */
    CREDENTIAL,
    /** The platform has no such device: an operator registers it there. */
    UNKNOWN_DEVICE,
    /** The phone unlinked it: a person scans the code again. */
    LOGGED_OUT,
    /** It has no connection just now: it connects again, by itself or by an operator. */
    DISCONNECTED,
    /** WhatsApp blocked the number: nothing that Siaran could see. */
    BANNED,
    /** WhatsApp lets the number write to nobody new for a while (reach-out timelock, 463): time. */
    TIMELOCK,
    /** Its server lacks a licence: its operator. */
    LICENCE;

    /** Whether the device is well as soon as it connects; of any other cause, that it is connected tells nothing. */
    public boolean isCuredByConnecting() {
        return this == LOGGED_OUT || this == DISCONNECTED;
    }
}

package io.siaran.campaign.planning;

import io.siaran.model.WireEnum;

/** Why a campaign failed. */
public enum StatusReason implements WireEnum {
    /** Its time had passed for longer than its late policy allows. */
    MISSED_WINDOW,
    /** Every message was refused or cancelled, none was sent. */
    NOTHING_SENT
}

package io.siaran.campaign.planning;

import io.siaran.model.WireEnum;

/** What becomes of a campaign that nobody triggered within its window, because Siaran was down. */
public enum LatePolicy implements WireEnum {
    /** It goes out later on the same local day, before {@code send_until}. */
    SEND,
    /** It fails. */
    FAIL
}

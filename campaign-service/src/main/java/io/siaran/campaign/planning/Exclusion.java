package io.siaran.campaign.planning;

import io.siaran.model.WireEnum;

/** Why a lead of a campaign's niche is not written to. The first five stand in {@code R__candidates.sql}. */
public enum Exclusion implements WireEnum {
    /** The campaign wants prospects or customers, and the lead is the other. */
    WRONG_STATUS,
    /** The person must not be written to. */
    OPTED_OUT,
    /** The lead's device was deleted, or is not known. */
    DEVICE_GONE,
    /** The lead's device was not online at the campaign's time, which leaves such devices out. */
    DEVICE_OFFLINE,
    /** The campaign wants nobody who was written to so lately. */
    WRITTEN_RECENTLY,
    /** The text may be longer for this lead than its device's platform takes. */
    TOO_LONG_FOR_PLATFORM,
    /** The person is written to through another lead. */
    DUPLICATE_PHONE
}

package io.siaran.model;

/** Which rule of sending put a try off. */
public enum DeferReason implements WireEnum {
    /** The platform throttles the device. */
    RATE_LIMITED,
    /** The user or the device rests at this hour, on this weekday, or during the Friday prayer. */
    QUIET_HOURS,
    /** A holiday of the user's or the device's calendar. */
    HOLIDAY,
    /** The device has said enough in the hour behind it. */
    HOURLY_CAP,
    /** The device has said enough on this day of its zone. */
    DAILY_CAP,
    /** The device has said enough on this day to people who did not write first. */
    COLD_DAILY_CAP,
    /** The device has written to enough people on this day whom its number never wrote to before. */
    FIRST_CONTACT_CAP,
    /** WhatsApp lets the device write to nobody new for a time (reach-out timelock, 463); answers pass. */
    RESTRICTED,
    /** A young device may say only so much a day. */
    WARM_UP,
    /** The user's devices together have said enough for now. */
    USER_RATE,
    /** All devices of the installation together have said enough for now. */
    FLEET_RATE,
    /** The platform fails whatever it is asked, of this device or of all on its host; it is asked again now and then. */
    PLATFORM_TROUBLE
}

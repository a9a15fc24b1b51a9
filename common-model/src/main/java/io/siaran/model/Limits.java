package io.siaran.model;

/** How much of anything Siaran takes, the same everywhere. Lengths are in characters, which are Unicode code points. */
public final class Limits {

    /** Any address, of media or of a server. */
    public static final int URL = 2_048;

    /** The name of a lead, a device or a sequence. */
    public static final int NAME = 255;

    /** A phone number in any spelling, before it is read. */
    public static final int PHONE = 255;

    /** A time zone by its name; no zone has a longer one. */
    public static final int TIME_ZONE = 64;

    /** A duration by ISO 8601, as text. */
    public static final int DURATION = 64;

    /** The title of a campaign. */
    public static final int TITLE = 255;

    /** One niche or trigger. */
    public static final int TAG = 64;

    /** How many niches, and how many triggers, one lead carries. */
    public static final int TAGS = 200;

    /** A list of niches or triggers as one text. */
    public static final int TAG_LIST = 4_000;

    /** The text of a message, also before its variables are filled in. */
    public static final int TEXT = 4_096;

    /** The text of a message that is an image's caption. */
    public static final int CAPTION = 1_024;

    /** Why somebody did something, in words. */
    public static final int REASON = 500;

    /** How many attributes one lead has. */
    public static final int ATTRIBUTES = 20;

    public static final int ATTRIBUTE_KEY = 40;

    public static final int ATTRIBUTE_VALUE = 255;

    /** How many withdrawn messages the snapshot of one lead names. */
    public static final int WITHDRAWN = 200;

    /** What a platform calls a message or an event of its own. */
    public static final int FOREIGN_ID = 255;

    public static final int USER_ID = 255;

    public static final int IDEMPOTENCY_KEY = 255;

    /** The longest delay before a message. */
    public static final int DELAY_SECONDS = 3_600;

    private Limits() {}
}

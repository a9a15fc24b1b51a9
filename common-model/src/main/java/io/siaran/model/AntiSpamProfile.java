package io.siaran.model;

/** How much the anti-spam layer may change a text. */
public enum AntiSpamProfile implements WireEnum {
    /** Greeting and variation. */
    FULL,
    /** Greeting only. */
    GREETING,
    /** The text as written. */
    OFF
}

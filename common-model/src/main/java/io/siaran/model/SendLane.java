package io.siaran.model;

/** Which lane a try took: what a platform's rules against strangers count, or not. */
public enum SendLane implements WireEnum {
    /** To somebody who had written to the device lately: no cap counts or holds it, and a restricted device says it. */
    REPLY,
    /** To everybody else. */
    COLD
}

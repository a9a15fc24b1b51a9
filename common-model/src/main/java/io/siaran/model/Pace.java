package io.siaran.model;

/**
 * How long the device is silent before a message.
 *
 * @param delay null: as the device says
 */
public record Pace(DelayRange delay) {

    public static final Pace OF_THE_DEVICE = new Pace(null);

    /** In seconds; both null: as the device says. */
    public static Pace ofSeconds(Integer min, Integer max) {
        if ((min == null) != (max == null)) {
            throw new IllegalArgumentException("min_delay and max_delay come together");
        }
        return min == null ? OF_THE_DEVICE : new Pace(new DelayRange(min, max));
    }

    /** Null: as the device says. */
    public Integer minSeconds() {
        return delay == null ? null : delay.minSeconds();
    }

    /** Null: as the device says. */
    public Integer maxSeconds() {
        return delay == null ? null : delay.maxSeconds();
    }
}

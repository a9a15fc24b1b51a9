package io.siaran.model;

import java.util.List;

/**
 * A record as this version reads it.
 *
 * @param unrecognised what a later version said that was read safely instead, such as {@code DeviceStatus: dozing}
 */
public record Reading<T>(T value, List<String> unrecognised) {

    public Reading {
        unrecognised = List.copyOf(unrecognised);
    }
}

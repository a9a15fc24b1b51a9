package io.siaran.rest;

import com.fasterxml.jackson.annotation.JsonIgnore;

/** The representation of a resource that has versions: whoever answers with one answers with its {@code ETag} too. */
public interface Versioned {

    /** Grows with every change; it is not part of the JSON. */
    @JsonIgnore
    long version();
}

package io.siaran.model;

/** What is JSON already: {@link Json#write} takes it as it is. For records by the million, of which most is the same text. */
public interface JsonText {

    /** One JSON value, whole; equal to what {@link Json#write} would have written. */
    String json();
}

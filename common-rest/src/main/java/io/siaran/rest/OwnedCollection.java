package io.siaran.rest;

/**
 * Where one kind of object is, for {@link HiddenObjects}. Each package with a resource whose path names an object produces
 * one.
 *
 * @param name as it stands in the path: {@code leads}
 * @param what one of them in a sentence: {@code lead}
 * @param query finds a row when {@code $1} (a UUID) is there and belongs to {@code $2} (a user)
 */
public record OwnedCollection(String name, String what, String query) {}

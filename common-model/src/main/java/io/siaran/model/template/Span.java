package io.siaran.model.template;

/** A part of a text, in UTF-16 units: from inclusive, to exclusive. */
public record Span(int from, int to) {}

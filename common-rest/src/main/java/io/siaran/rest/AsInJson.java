package io.siaran.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ParamConverter;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads a parameter of one type. */
final class AsInJson<T> implements ParamConverter<T> {

    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,30})");

    private final ObjectMapper mapper;
    private final UriInfo uri;
    private final Class<T> type;
    private final Place place;

    AsInJson(ObjectMapper mapper, UriInfo uri, Class<T> type, Place place) {
        this.mapper = mapper;
        this.uri = uri;
        this.type = type;
        this.place = place;
    }

    @Override
    public T fromString(String text) {
        try {
            return mapper.convertValue(literal(text), type);
        } catch (IllegalArgumentException unreadable) {
            throw place.inPath() ? absent(text) : Refusal.invalid(queryName(text), Expected.of(type), code());
        }
    }

    /** One value of a parameter that may be repeated; null when it cannot be read. */
    T read(String text) {
        try {
            return mapper.convertValue(literal(text), type);
        } catch (IllegalArgumentException unreadable) {
            return null;
        }
    }

    Violation objection(String name) {
        return new Violation(name, Expected.of(type), code());
    }

    @Override
    public String toString(T value) {
        return mapper.convertValue(value, String.class);
    }

    /** In a query everything is text; a number and a truth value are written as in JSON. */
    private Object literal(String text) {
        if (Number.class.isAssignableFrom(type) && WHOLE_NUMBER.matcher(text).matches()) {
            return new BigInteger(text);
        }
        return type == Boolean.class && (text.equals("true") || text.equals("false")) ? Boolean.valueOf(text) : text;
    }

    /** What is no id of a message is one that no message has: said as of any other. */
    private RuntimeException absent(String text) {
        String name = type.getSimpleName();
        return name.endsWith("Id")
                ? Refusal.notFound(name.substring(0, name.length() - 2).toLowerCase(Locale.ROOT), text)
                : new NotFoundException();
    }

    private ViolationCode code() {
        return type.isEnum() ? ViolationCode.NOT_ONE_OF : ViolationCode.INVALID;
    }

    /** {@code @RestQuery} may leave the name to Java; then it is the parameter that holds this text. */
    private String queryName(String text) {
        return !place.name().isEmpty()
                ? place.name()
                : uri.getQueryParameters().entrySet().stream()
                        .filter(parameter -> parameter.getValue().contains(text))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElseThrow();
    }
}

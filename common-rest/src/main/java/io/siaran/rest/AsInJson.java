package io.siaran.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ParamConverter;
import java.util.Map;

/** Reads a parameter of one type. */
final class AsInJson<T> implements ParamConverter<T> {

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
            return mapper.convertValue(text, type);
        } catch (IllegalArgumentException unreadable) {
            throw place.inPath() ? new NotFoundException() : Refusal.invalid(queryName(text), Expected.of(type));
        }
    }

    @Override
    public String toString(T value) {
        return mapper.convertValue(value, String.class);
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

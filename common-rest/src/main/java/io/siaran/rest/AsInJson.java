package io.siaran.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.ext.ParamConverter;

/** Reads a parameter of one type. */
final class AsInJson<T> implements ParamConverter<T> {

    private final ObjectMapper mapper;
    private final Class<T> type;
    private final Place place;

    AsInJson(ObjectMapper mapper, Class<T> type, Place place) {
        this.mapper = mapper;
        this.type = type;
        this.place = place;
    }

    @Override
    public T fromString(String text) {
        try {
            return mapper.convertValue(text, type);
        } catch (IllegalArgumentException unreadable) {
            throw place.inPath() ? new NotFoundException() : Refusal.invalid(place.name(), Expected.of(type));
        }
    }

    @Override
    public String toString(T value) {
        return mapper.convertValue(value, String.class);
    }
}

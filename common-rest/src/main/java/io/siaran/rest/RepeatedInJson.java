package io.siaran.rest;

import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ParamConverter;
import java.util.List;
import java.util.Map;

/** Reads a query parameter that may be repeated, value by value. */
final class RepeatedInJson<T> implements ParamConverter<List<T>> {

    private final UriInfo uri;
    private final Place place;
    private final AsInJson<T> one;

    RepeatedInJson(UriInfo uri, Place place, AsInJson<T> one) {
        this.uri = uri;
        this.place = place;
        this.one = one;
    }

    /** @param list the values as a list prints itself: this is what the framework makes of them */
    @Override
    public List<T> fromString(String list) {
        Map.Entry<String, List<String>> parameter = parameter(list);
        return parameter.getValue().stream()
                .map(text -> read(parameter.getKey(), text))
                .toList();
    }

    @Override
    public String toString(List<T> values) {
        return String.valueOf(values);
    }

    private T read(String name, String text) {
        T value = one.read(text);
        if (value == null) {
            throw Refusal.invalid(List.of(one.objection(name)));
        }
        return value;
    }

    private Map.Entry<String, List<String>> parameter(String list) {
        return uri.getQueryParameters().entrySet().stream()
                .filter(asked -> place.name().isEmpty()
                        ? asked.getValue().toString().equals(list)
                        : asked.getKey().equals(place.name()))
                .findFirst()
                .orElse(Map.entry(place.name(), List.of()));
    }
}

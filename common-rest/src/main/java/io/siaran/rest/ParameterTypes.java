package io.siaran.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;

/**
 * Reads path and query parameters as the same values are read in JSON: ids, enums, dates, texts. In a path a wrong one
 * means that there is no such thing (404); in the query it is a 400 that names the parameter, where Jakarta REST says 404.
 */
@Provider
class ParameterTypes implements ParamConverterProvider {

    private final ObjectMapper mapper;
    private final UriInfo uri;

    ParameterTypes(ObjectMapper mapper, UriInfo uri) {
        this.mapper = mapper;
        this.uri = uri;
    }

    @Override
    public <T> ParamConverter<T> getConverter(Class<T> type, Type genericType, Annotation[] annotations) {
        return Arrays.stream(annotations)
                .flatMap(annotation -> Place.of(annotation, "").stream())
                .findFirst()
                .map(place -> converter(type, genericType, place))
                .orElse(null);
    }

    @SuppressWarnings("unchecked")
    private <T> ParamConverter<T> converter(Class<T> type, Type generic, Place place) {
        return Collection.class.isAssignableFrom(type)
                        && generic instanceof ParameterizedType list
                        && list.getActualTypeArguments()[0] instanceof Class<?> element
                ? (ParamConverter<T>) new RepeatedInJson<>(uri, place, new AsInJson<>(mapper, uri, element, place))
                : new AsInJson<>(mapper, uri, type, place);
    }
}

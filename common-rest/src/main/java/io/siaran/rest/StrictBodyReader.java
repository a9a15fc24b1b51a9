package io.siaran.rest;

import com.fasterxml.jackson.databind.JavaType;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyReader;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Reads the JSON bodies of all resources, in place of Quarkus' own reader. */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
class StrictBodyReader implements ServerMessageBodyReader<Object> {

    private final StrictJson json;
    private final HttpServerRequest http;

    StrictBodyReader(StrictJson json, HttpServerRequest http) {
        this.json = json;
        this.http = http;
    }

    @Override
    public boolean isReadable(Class<?> type, Type generic, ResteasyReactiveResourceInfo method, MediaType media) {
        return isReadable(type);
    }

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return isReadable(type);
    }

    @Override
    public Object readFrom(Class<Object> type, Type generic, MediaType media, ServerRequestContext request)
            throws WebApplicationException, IOException {
        return read(generic, HttpMethod.PUT.equals(http.method()), request.getInputStream());
    }

    @Override
    public Object readFrom(
            Class<Object> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        return read(generic, false, body);
    }

    private Object read(Type generic, boolean put, InputStream stream) throws IOException {
        byte[] body = stream.readAllBytes();
        if (body.length == 0) {
            return null;
        }
        JavaType type = json.typeOf(generic);
        try {
            return type.getRawClass() == MergePatch.class
                    ? patch(body, type.containedType(0).getRawClass())
                    : json.read(body, type, put);
        } catch (Refusal refused) {
            throw new UnreadableBody(refused);
        }
    }

    private <T> MergePatch<T> patch(byte[] body, Class<T> type) throws IOException {
        return new MergePatch<>(json.readPatch(body), type, json);
    }

    static boolean isReadable(Class<?> type) {
        return type != String.class && type != byte[].class && !InputStream.class.isAssignableFrom(type);
    }
}

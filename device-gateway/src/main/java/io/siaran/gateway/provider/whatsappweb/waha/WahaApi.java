package io.siaran.gateway.provider.whatsappweb.waha;

import io.quarkus.rest.client.reactive.Url;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** The calls that Siaran makes. Parameters are texts: a converter of our own API would read any other type. */
@Path("/api")
interface WahaApi {

    String KEY = "X-Api-Key";

    @POST
    @Path("/sendText")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<Response> sendText(@Url String server, @HeaderParam(KEY) String key, Map<String, Object> message);

    @POST
    @Path("/sendImage")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<Response> sendImage(@Url String server, @HeaderParam(KEY) String key, Map<String, Object> message);

    @POST
    @Path("/startTyping")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<Response> startTyping(@Url String server, @HeaderParam(KEY) String key, Map<String, Object> chat);

    @GET
    @Path("/contacts/check-exists")
    Uni<Response> check(
            @Url String server,
            @HeaderParam(KEY) String key,
            @RestQuery("phone") String phone,
            @RestQuery("session") String session);

    @GET
    @Path("/sessions/{session}")
    Uni<Response> session(@Url String server, @HeaderParam(KEY) String key, @RestPath("session") String session);

    @POST
    @Path("/sessions")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<Response> create(@Url String server, @HeaderParam(KEY) String key, Map<String, Object> session);

    @POST
    @Path("/sessions/{session}/start")
    Uni<Response> start(@Url String server, @HeaderParam(KEY) String key, @RestPath("session") String session);

    @POST
    @Path("/sessions/{session}/restart")
    Uni<Response> restart(@Url String server, @HeaderParam(KEY) String key, @RestPath("session") String session);

    @POST
    @Path("/sessions/{session}/logout")
    Uni<Response> logout(@Url String server, @HeaderParam(KEY) String key, @RestPath("session") String session);

    @GET
    @Path("/{session}/auth/qr")
    @Produces(MediaType.APPLICATION_JSON)
    Uni<Response> qr(
            @Url String server,
            @HeaderParam(KEY) String key,
            @RestPath("session") String session,
            @RestQuery("format") String format);

    @POST
    @Path("/{session}/auth/request-code")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<Response> requestCode(
            @Url String server,
            @HeaderParam(KEY) String key,
            @RestPath("session") String session,
            Map<String, Object> phone);

    @GET
    @Path("/{session}/chats/{chat}/messages")
    Uni<Response> messages(
            @Url String server,
            @HeaderParam(KEY) String key,
            @RestPath("session") String session,
            @RestPath("chat") String chat,
            @RestQuery("limit") String limit,
            @RestQuery("downloadMedia") String downloadMedia,
            @RestQuery("filter.timestamp.gte") String since,
            @RestQuery("filter.fromMe") String fromMe);

    @GET
    @Path("/{session}/lids/{lid}")
    Uni<Response> lid(
            @Url String server,
            @HeaderParam(KEY) String key,
            @RestPath("session") String session,
            @RestPath("lid") String lid);
}

package io.siaran.gateway.provider.whatsappweb.bridge;

import io.quarkus.rest.client.reactive.Url;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;

/** The calls that Siaran makes. */
@Path("/v1")
@Consumes(MediaType.APPLICATION_JSON)
interface BridgeApi {

    String TOKEN = "Authorization";

    @GET
    @Path("placement/{session}")
    Uni<Response> placement(@Url String server, @HeaderParam(TOKEN) String token, @RestPath("session") String session);

    @PUT
    @Path("sessions/{session}")
    Uni<Response> open(
            @Url String server,
            @HeaderParam(TOKEN) String token,
            @RestPath("session") String session,
            Map<String, Object> body);

    @GET
    @Path("sessions/{session}")
    Uni<Response> state(@Url String server, @HeaderParam(TOKEN) String token, @RestPath("session") String session);

    @DELETE
    @Path("sessions/{session}")
    Uni<Response> erase(@Url String server, @HeaderParam(TOKEN) String token, @RestPath("session") String session);

    @POST
    @Path("sessions/{session}/pairing-code")
    Uni<Response> pairingCode(
            @Url String server,
            @HeaderParam(TOKEN) String token,
            @RestPath("session") String session,
            Map<String, Object> phone);

    @PUT
    @Path("sessions/{session}/messages/{message}")
    Uni<Response> send(
            @Url String server,
            @HeaderParam(TOKEN) String token,
            @RestPath("session") String session,
            @RestPath("message") String message,
            Map<String, Object> body);

    @GET
    @Path("sessions/{session}/messages/{message}")
    Uni<Response> lookUp(
            @Url String server,
            @HeaderParam(TOKEN) String token,
            @RestPath("session") String session,
            @RestPath("message") String message);

    @GET
    @Path("sessions/{session}/check/{phone}")
    Uni<Response> check(
            @Url String server,
            @HeaderParam(TOKEN) String token,
            @RestPath("session") String session,
            @RestPath("phone") String phone);

    @GET
    @Path("sessions/{session}/lids/{lid}")
    Uni<Response> phoneOfLid(
            @Url String server,
            @HeaderParam(TOKEN) String token,
            @RestPath("session") String session,
            @RestPath("lid") String lid);

    @POST
    @Path("sessions/{session}/typing")
    Uni<Response> typing(
            @Url String server,
            @HeaderParam(TOKEN) String token,
            @RestPath("session") String session,
            Map<String, Object> phone);

    @GET
    @Path("sessions/{session}/limits")
    Uni<Response> limits(@Url String server, @HeaderParam(TOKEN) String token, @RestPath("session") String session);
}

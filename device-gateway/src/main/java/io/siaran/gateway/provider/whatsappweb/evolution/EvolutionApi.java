package io.siaran.gateway.provider.whatsappweb.evolution;

import io.quarkus.rest.client.reactive.Url;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** The calls that Siaran makes. */
@Path("/")
@Consumes(MediaType.APPLICATION_JSON)
interface EvolutionApi {

    String KEY = "apikey";

    @POST
    @Path("message/sendText/{instance}")
    Uni<Response> sendText(
            @Url String server,
            @HeaderParam(KEY) String key,
            @RestPath("instance") String instance,
            Map<String, Object> message);

    @POST
    @Path("message/sendMedia/{instance}")
    Uni<Response> sendMedia(
            @Url String server,
            @HeaderParam(KEY) String key,
            @RestPath("instance") String instance,
            Map<String, Object> message);

    @POST
    @Path("chat/sendPresence/{instance}")
    Uni<Response> sendPresence(
            @Url String server,
            @HeaderParam(KEY) String key,
            @RestPath("instance") String instance,
            Map<String, Object> presence);

    @POST
    @Path("chat/whatsappNumbers/{instance}")
    Uni<Response> numbers(
            @Url String server,
            @HeaderParam(KEY) String key,
            @RestPath("instance") String instance,
            Map<String, Object> numbers);

    @POST
    @Path("chat/findMessages/{instance}")
    Uni<Response> messages(
            @Url String server,
            @HeaderParam(KEY) String key,
            @RestPath("instance") String instance,
            Map<String, Object> query);

    @POST
    @Path("instance/create")
    Uni<Response> create(@Url String server, @HeaderParam(KEY) String key, Map<String, Object> instance);

    @GET
    @Path("instance/connect/{instance}")
    Uni<Response> connect(
            @Url String server,
            @HeaderParam(KEY) String key,
            @RestPath("instance") String instance,
            @RestQuery("number") String number);

    @DELETE
    @Path("instance/logout/{instance}")
    Uni<Response> logout(@Url String server, @HeaderParam(KEY) String key, @RestPath("instance") String instance);

    @GET
    @Path("instance/connectionState/{instance}")
    Uni<Response> state(@Url String server, @HeaderParam(KEY) String key, @RestPath("instance") String instance);
}

package io.siaran.gateway.provider.whatsappweb.gowa;

import io.quarkus.rest.client.reactive.Url;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** The calls that Siaran makes. Parameters are texts: a converter of our own API would read any other type. */
@Path("/")
interface GowaApi {

    String USER = "Authorization";
    String DEVICE = "X-Device-Id";

    @POST
    @Path("send/message")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<Response> sendMessage(
            @Url String server,
            @HeaderParam(USER) String user,
            @HeaderParam(DEVICE) String device,
            Map<String, Object> message);

    @POST
    @Path("send/image")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    Uni<Response> sendImage(
            @Url String server,
            @HeaderParam(USER) String user,
            @HeaderParam(DEVICE) String device,
            @RestForm("phone") String phone,
            @RestForm("caption") String caption,
            @RestForm("image_url") String imageUrl);

    @POST
    @Path("send/chat-presence")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<Response> chatPresence(
            @Url String server,
            @HeaderParam(USER) String user,
            @HeaderParam(DEVICE) String device,
            Map<String, Object> presence);

    @GET
    @Path("user/check")
    Uni<Response> check(
            @Url String server,
            @HeaderParam(USER) String user,
            @HeaderParam(DEVICE) String device,
            @RestQuery("phone") String phone);

    @GET
    @Path("devices/{device}/status")
    Uni<Response> status(
            @Url String server,
            @HeaderParam(USER) String user,
            @HeaderParam(DEVICE) String device,
            @RestPath("device") String statusOf);

    @POST
    @Path("devices")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<Response> create(@Url String server, @HeaderParam(USER) String user, Map<String, Object> device);

    @POST
    @Path("devices/{device}/login/code")
    Uni<Response> loginCode(
            @Url String server,
            @HeaderParam(USER) String user,
            @HeaderParam(DEVICE) String device,
            @RestPath("device") String loginOf,
            @RestQuery("phone") String phone);

    @POST
    @Path("devices/{device}/logout")
    Uni<Response> logout(
            @Url String server,
            @HeaderParam(USER) String user,
            @HeaderParam(DEVICE) String device,
            @RestPath("device") String logoutOf);

    @GET
    @Path("chat/{jid}/messages")
    Uni<Response> messages(
            @Url String server,
            @HeaderParam(USER) String user,
            @HeaderParam(DEVICE) String device,
            @RestPath("jid") String jid,
            @RestQuery("is_from_me") String fromMe,
            @RestQuery("start_time") String since,
            @RestQuery("limit") String limit);
}

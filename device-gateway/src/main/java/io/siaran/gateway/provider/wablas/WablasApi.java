package io.siaran.gateway.provider.wablas;

import io.quarkus.rest.client.reactive.Url;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;

/** The calls that Siaran makes. Each device has a server of its own, so every call names it. */
@Path("/api")
interface WablasApi {

    @POST
    @Path("/send-message")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    Uni<Response> sendMessage(
            @Url String server,
            @HeaderParam("Authorization") String credential,
            @RestForm("phone") String phone,
            @RestForm("message") String message,
            @RestForm("ref_id") String refId);

    @POST
    @Path("/send-image")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    Uni<Response> sendImage(
            @Url String server,
            @HeaderParam("Authorization") String credential,
            @RestForm("phone") String phone,
            @RestForm("image") String image,
            @RestForm("caption") String caption,
            @RestForm("ref_id") String refId);

    @GET
    @Path("/device/info")
    Uni<Response> deviceInfo(@Url String server, @RestQuery("token") String token);
}

package io.siaran.gateway.provider.whacenter;

import io.quarkus.rest.client.reactive.Url;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;

/** The calls that Siaran makes. */
@Path("/api")
interface WhacenterApi {

    @POST
    @Path("/send")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    Uni<Response> sendText(
            @Url String server,
            @RestForm("device_id") String device,
            @RestForm("number") String number,
            @RestForm("message") String message);

    @POST
    @Path("/send")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    Uni<Response> sendImage(
            @Url String server,
            @RestForm("device_id") String device,
            @RestForm("number") String number,
            @RestForm("message") String message,
            @RestForm("file") String image);

    @GET
    @Path("/statusDevice")
    Uni<Response> status(@Url String server, @RestQuery("device_id") String device);
}

package io.siaran.gateway.linking;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.siaran.gateway.device.DeviceConfig;
import io.siaran.gateway.linking.LinkableDevices.Linkable;
import io.siaran.gateway.provider.LinkPort.Standing;
import io.siaran.model.DeviceId;
import io.siaran.model.Limits;
import io.siaran.rest.PhoneField;
import io.siaran.rest.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/**
 * The page for the person with the phone, who has no token: whoever has its address may link a phone to that one device, for
 * a while. The page is the same for every device; its script takes the secret out of the address and out of the history.
 */
@Path("/api/v1/devices")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "devices", description = "The numbers that send.")
@RunOnVirtualThread
class LinkPage {

    private static final String PAGE = page();
    private static final int NONCE_BYTES = 16;
    private static final String POLICY =
            "default-src 'none'; script-src 'nonce-%1$s'; style-src 'nonce-%1$s'; img-src data:; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final LinkableDevices devices;
    private final LinkDevice links;
    private final DeviceConfig config;
    private final SecureRandom random = new SecureRandom();

    LinkPage(LinkableDevices devices, LinkDevice links, DeviceConfig config) {
        this.devices = devices;
        this.links = links;
        this.config = config;
    }

    @Schema(description = "What the link page asks for.")
    record LinkQuestion(
            @NotNull
            @Schema(
                    required = true,
                    maxLength = 100,
                    description = "The secret of the page's address, behind the #.",
                    example = "1796000000.c2VjcmV0")
            String secret,

            @Schema(
                    nullable = true,
                    defaultValue = "false",
                    description = "Whether to begin where nothing is on its way.",
                    example = "true")
            Boolean begin,

            @Schema(
                    nullable = true,
                    maxLength = Limits.PHONE,
                    description = "The phone to give a code for, in any spelling, in place of the QR code.",
                    example = "60123456789")
            String phone) {

        /** Never with the secret: this may be logged. */
        @Override
        public String toString() {
            return "LinkQuestion[…]";
        }
    }

    @GET
    @Path("{id}/link")
    @Produces("text/html")
    @PermitAll
    @Operation(
            operationId = "openLinkPage",
            summary = "Open the page on which a person links a phone",
            description = "For a browser. Its address, with the secret, is link_url of connect.")
    @APIResponse(
            responseCode = "200",
            description = "the page",
            content =
                    @Content(
                            mediaType = "text/html",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            description = "A page in Malay and English.",
                                            example = "<!doctype html>")))
    public Response open(@RestPath("id") DeviceId id) {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        String nonce = Base64.getEncoder().encodeToString(bytes);
        return Response.ok(PAGE.replace("{nonce}", nonce), MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Content-Security-Policy", POLICY.formatted(nonce))
                .header("Referrer-Policy", "no-referrer")
                .build();
    }

    @POST
    @Path("{id}/link/progress")
    @Extension(name = "x-idempotent", value = "true", parseValue = true)
    @PermitAll
    @Operation(
            operationId = "getLinkProgress",
            summary = "Ask how far a link is, or begin it, with the secret of the link page",
            description = "What the link page asks every 2 s. A secret that does not hold, or not any more, is a 404.")
    @APIResponse(
            responseCode = "200",
            description = "how far it is",
            content = @Content(schema = @Schema(implementation = LinkProgress.class)))
    @APIResponse(
            responseCode = "404",
            description = "The secret does not hold, or not any more, or the device is deleted.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description = "No phone can be linked by a code now, or not here at all.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response progress(@RestPath("id") DeviceId id, @NotNull @Valid LinkQuestion body) {
        Linkable linkable = devices.of(id, body.secret());
        Optional<String> code = Optional.ofNullable(body.phone())
                .map(phone -> PhoneField.parse("phone", phone, config.defaultRegion()))
                .map(phone -> links.pairingCode(linkable, phone));
        Standing standing = standing(linkable, body);
        return Response.ok(LinkProgress.of(standing, linkable.port().canBeScanned(), code))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private Standing standing(Linkable linkable, LinkQuestion body) {
        return Boolean.TRUE.equals(body.begin()) ? links.begin(linkable) : links.standing(linkable);
    }

    private static String page() {
        try (InputStream file = LinkPage.class.getResourceAsStream("link.html")) {
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.siaran.gateway.linking;

import io.siaran.gateway.device.DeviceConfig;
import io.siaran.gateway.linking.LinkableDevices.Linkable;
import io.siaran.model.DeviceId;
import io.siaran.model.Limits;
import io.siaran.model.PhoneNumber;
import io.siaran.rest.Caller;
import io.siaran.rest.PhoneField;
import io.siaran.rest.Problem;
import io.siaran.rest.Refusal;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Linking a phone to a device of WhatsApp Web, for a program with a token. */
@Path("/api/v1/devices")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "devices", description = "The numbers that send.")
@RunOnVirtualThread
class LinkResource {

    private static final String NOT_HERE = "its phone is linked at its platform, not here";

    private final LinkableDevices devices;
    private final LinkDevice links;
    private final LinkAddresses addresses;
    private final DeviceConfig config;
    private final Caller caller;

    LinkResource(
            LinkableDevices devices, LinkDevice links, LinkAddresses addresses, DeviceConfig config, Caller caller) {
        this.devices = devices;
        this.links = links;
        this.addresses = addresses;
        this.config = config;
        this.caller = caller;
    }

    @Schema(description = "The phone to link by a code that is typed on it.")
    record PhoneBody(
            @NotNull
            @Schema(
                    required = true,
                    maxLength = Limits.PHONE,
                    description = "The number of the phone, in any spelling.",
                    example = "60123456789")
            String phone) {}

    @Schema(description = "The code to type on the phone: Linked devices, Link with phone number.")
    record PairingCode(
            @Schema(required = true, description = "Eight letters and digits.", example = "ABCD1234")
            String code) {

        /** Never with the code: this may be logged. */
        @Override
        public String toString() {
            return "PairingCode[…]";
        }
    }

    @POST
    @Path("{id}/connect")
    @Extension(name = "x-idempotent", value = "true", parseValue = true)
    @RolesAllowed("operator")
    @Operation(
            operationId = "connectDevice",
            summary = "Link a phone to a device",
            description = "Begins, or goes on where it is on its way: ask again every few seconds until it is linked."
                    + " link_url is the page for the person with the phone.")
    @APIResponse(
            responseCode = "200",
            description = "how far it is",
            content = @Content(schema = @Schema(implementation = LinkView.class)))
    @APIResponse(
            responseCode = "409",
            description = NOT_HERE,
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public LinkView connect(@RestPath("id") DeviceId id) {
        return addresses.view(id, links.begin(devices.of(caller.userId(), id)));
    }

    @GET
    @Path("{id}/qr")
    @Produces("image/png")
    @RolesAllowed("operator")
    @Operation(
            operationId = "getDeviceQr",
            summary = "Get the QR code to scan, as a PNG",
            description = "It changes every 20 s or so. connect has to be asked first.")
    @APIResponse(
            responseCode = "200",
            description = "the code",
            content =
                    @Content(
                            mediaType = "image/png",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            format = "binary",
                                            description = "A PNG image.",
                                            example = "…")))
    @APIResponse(
            responseCode = "409",
            description = "no code is shown now",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public byte[] qr(@RestPath("id") DeviceId id) {
        return links.standing(devices.of(caller.userId(), id))
                .qr()
                .map(code -> QrCode.of(code).png())
                .orElseThrow(() -> Refusal.conflict("no code is shown now: connect it, and ask again"));
    }

    @POST
    @Path("{id}/pairing-code")
    // The framework would make a body of one text out of any text/plain.
    @Consumes(MediaType.APPLICATION_JSON)
    @Extension(name = "x-idempotent", value = "true", parseValue = true)
    @RolesAllowed("operator")
    @Operation(
            operationId = "getDevicePairingCode",
            summary = "Get a code to type on the phone, in place of the QR code",
            description =
                    "Only while the QR code is shown: connect has to be asked first. A device of gowa shows none, and"
                            + " its link is begun by asking for such a code; Evolution API has one only where its link was"
                            + " begun for it.")
    @APIResponse(
            responseCode = "200",
            description = "the code",
            content = @Content(schema = @Schema(implementation = PairingCode.class)))
    @APIResponse(
            responseCode = "409",
            description = "no phone can be linked now",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public PairingCode pairingCode(@RestPath("id") DeviceId id, @NotNull @Valid PhoneBody body) {
        Linkable linkable = devices.of(caller.userId(), id);
        PhoneNumber phone = PhoneField.parse("phone", body.phone(), config.defaultRegion());
        return new PairingCode(links.pairingCode(linkable, phone));
    }

    @POST
    @Path("{id}/disconnect")
    @Extension(name = "x-idempotent", value = "true", parseValue = true)
    @RolesAllowed("operator")
    @Operation(
            operationId = "disconnectDevice",
            summary = "Log a device's phone out",
            description = "Its messages wait until a phone is linked again.")
    @APIResponse(responseCode = "204", description = "logged out")
    @APIResponse(
            responseCode = "409",
            description = NOT_HERE,
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "503",
            description = "Its server could not be told; it may after the seconds of Retry-After.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public void disconnect(@RestPath("id") DeviceId id) {
        links.unlink(devices.of(caller.userId(), id));
    }
}

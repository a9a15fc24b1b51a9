package io.siaran.localstack.simulator;

import io.siaran.localstack.simulator.SimulatedDevices.Status;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Whacenter, as far as its API is known; its words stand in {@link WhacenterDialect}. */
final class WhacenterSimulator implements Simulator {

    private final SimulatedDevices devices;
    private final Sending sending;
    private final WhacenterDialect dialect = new WhacenterDialect();

    WhacenterSimulator(SimulatedDevices devices, Sending sending) {
        this.devices = devices;
        this.sending = sending;
    }

    @Override
    public String path() {
        return "/whacenter";
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public void mount(Router router) {
        router.post("/api/send").handler(this::send);
        router.get("/api/statusDevice").handler(this::status);
        router.get("/api/qr").handler(ctx -> Pictures.qr(ctx));
    }

    private void send(RoutingContext ctx) {
        var form = ctx.request().formAttributes();
        Message message = new Message(
                text(form.get("device_id")), form.get("number"), form.get("message"), form.get("file"), null);
        Optional<String> invalid = message.phone() == null || !message.phone().matches("[0-9]+")
                ? Optional.of("number must be digits")
                : message.text() == null && message.mediaUrl() == null
                        ? Optional.of("message is required")
                        : Optional.empty();
        sending.send(ctx, dialect, message, invalid.map(words -> WhacenterDialect.no(200, "message", words)));
    }

    private void status(RoutingContext ctx) {
        String device = text(ctx.request().getParam("device_id"));
        Status status = devices.status(device);
        Answer answer = status == Status.EXPIRED
                ? WhacenterDialect.no(200, "message", "device not found")
                : WhacenterDialect.status(device, status);
        answer.to(ctx);
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}

package io.siaran.localstack.simulator;

import io.siaran.model.Json;
import io.siaran.model.UnreadableRecord;
import io.siaran.model.UnrecognisedRecord;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** What a test, the page or an operator asks of the simulator itself: the ledger, the faults, the state of a device. */
final class ControlRoutes {

    private final SimulatedDevices devices;
    private final Faults faults;
    private final Ledger ledger;

    ControlRoutes(SimulatedDevices devices, Faults faults, Ledger ledger) {
        this.devices = devices;
        this.faults = faults;
        this.ledger = ledger;
    }

    void mount(Router router) {
        List.of("/", "/phones", "/ledger", "/control/*")
                .forEach(path -> router.route(path).handler(SamePage::check));
        router.get("/ledger").handler(ctx -> answer(ctx, ledger.matching(filter(ctx.request()))));
        router.delete("/ledger").handler(ctx -> done(ctx, ledger::clear));
        router.get("/control/faults").handler(ctx -> answer(ctx, faults.switchedOn()));
        router.get("/control/fault-kinds").handler(ctx -> answer(ctx, FaultKind.described()));
        router.post("/control/faults").handler(this::addFault);
        router.delete("/control/faults").handler(ctx -> done(ctx, faults::clear));
        router.delete("/control/faults/:id")
                .handler(ctx -> done(ctx, () -> faults.switchOff(number(ctx.pathParam("id")))));
        router.get("/control/devices").handler(ctx -> answer(ctx, devices.known()));
        router.post("/control/devices/:token").handler(this::setDevice);
        router.route("/control/*").failureHandler(ControlRoutes::refuse);
    }

    private static Predicate<Delivery> filter(HttpServerRequest request) {
        return equal(request.getParam("device"), Delivery::device)
                .and(equal(request.getParam("phone"), Delivery::phone))
                .and(equal(request.getParam("ref_id"), Delivery::refId));
    }

    private static Predicate<Delivery> equal(String wanted, Function<Delivery, String> property) {
        return delivery -> wanted == null || wanted.equals(property.apply(delivery));
    }

    private static void answer(RoutingContext ctx, List<?> items) {
        ctx.response().putHeader("Content-Type", "application/json").end(Json.write(Map.of("items", items)));
    }

    private static void done(RoutingContext ctx, Runnable action) {
        action.run();
        ctx.response().setStatusCode(204).end();
    }

    private static long number(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
    }

    private void addFault(RoutingContext ctx) {
        done(ctx, () -> faults.add(Json.read(ctx.body().asString(), Fault.class)));
    }

    private void setDevice(RoutingContext ctx) {
        record Wanted(SimulatedDevices.Status status) {}
        Wanted wanted = Json.read(ctx.body().asString(), Wanted.class);
        done(ctx, () -> devices.set(ctx.pathParam("token"), wanted.status()));
    }

    private static void refuse(RoutingContext ctx) {
        boolean unreadable = ctx.failure() instanceof UnreadableRecord
                || ctx.failure() instanceof UnrecognisedRecord
                || ctx.failure() instanceof IllegalArgumentException;
        Map<String, String> body = Map.of("error", String.valueOf(ctx.failure().getMessage()));
        ctx.response().setStatusCode(unreadable ? 400 : 500).end(Json.write(body));
    }
}

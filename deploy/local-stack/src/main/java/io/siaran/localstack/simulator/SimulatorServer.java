package io.siaran.localstack.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;

/** All the simulated platforms behind one port, with the page of the phones, the ledger and the switches for faults. */
public final class SimulatorServer implements AutoCloseable {

    /** A text of 1,024 emoji is 12 KiB in a form; Vert.x allows 8 KiB unless told. */
    private static final int LARGEST_FORM_FIELD = 256 * 1_024;

    private final Vertx vertx;
    private final HttpServer server;
    private final Ledger ledger;

    private SimulatorServer(Vertx vertx, HttpServer server, Ledger ledger) {
        this.vertx = vertx;
        this.server = server;
        this.ledger = ledger;
    }

    /** Starts on a port of the loopback address (0 picks a free one), over a ledger file that is kept. */
    public static SimulatorServer start(int port, Path ledgerFile) {
        return start(port, Ledger.open(ledgerFile, Clock.systemUTC()));
    }

    /** Starts on a free port of the loopback address; what it delivers is forgotten with it. */
    public static SimulatorServer startInMemory() {
        return start(0, Ledger.inMemory(Clock.systemUTC()));
    }

    private static SimulatorServer start(int port, Ledger ledger) {
        SimulatedDevices devices = new SimulatedDevices();
        Faults faults = new Faults(RandomGenerator.getDefault());
        Vertx vertx = Vertx.vertx();
        Numbers numbers = new Numbers();
        Webhooks hooks = new Webhooks(vertx);
        Telling telling = new Telling(vertx, hooks, numbers);
        Sending sending = new Sending(devices, faults, ledger, numbers, telling);
        WebSession sessions = new WebSession(devices, ledger, numbers, faults);
        List<Simulator> platforms = List.of(
                new WablasSimulator(devices, sending),
                new WhacenterSimulator(devices, sending),
                new GowaSimulator(sessions, sending, hooks),
                new WahaSimulator(sessions, sending, hooks),
                new EvolutionSimulator(sessions, sending, hooks));
        List<Dialect> dialects = platforms.stream().map(Simulator::dialect).toList();
        HttpServer server = vertx.createHttpServer(options(port))
                .requestHandler(router(
                        vertx,
                        platforms,
                        new ControlRoutes(devices, faults, ledger),
                        new TellingRoutes(telling, hooks, numbers, dialects),
                        new PhonesPage(ledger.conversations())))
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return new SimulatorServer(vertx, server, ledger);
    }

    private static HttpServerOptions options(int port) {
        // HTTP/1.1 as the platforms speak it: after an upgrade to h2c a long answer can reach the caller broken.
        return new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setHttp2ClearTextEnabled(false)
                .setMaxFormAttributeSize(LARGEST_FORM_FIELD);
    }

    private static Router router(
            Vertx vertx, List<Simulator> platforms, ControlRoutes control, TellingRoutes telling, PhonesPage page) {
        Router root = Router.router(vertx);
        root.route().handler(BodyHandler.create(false));
        control.mount(root);
        telling.mount(root);
        page.mount(root);
        for (Simulator platform : platforms) {
            Router routes = Router.router(vertx);
            platform.mount(routes);
            root.route(platform.path() + "/*").subRouter(routes);
        }
        return root;
    }

    /** Where the ledger and the switches are; a Wablas device has {@link #wablasUrl()} as its base URL. */
    public String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    public String wablasUrl() {
        return url() + "/wablas";
    }

    /** What the phones received until now, oldest first. */
    public List<Delivery> deliveries() {
        return ledger.matching(_ -> true);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        ledger.close();
    }
}

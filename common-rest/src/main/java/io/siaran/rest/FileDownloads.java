package io.siaran.rest;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;

/**
 * Answers that are files of text, written while they are sent. For virtual threads, which wait.
 *
 * <p>What a file is made of is in memory for as long as its caller takes to read it. So it has its turn ({@link PatientTurns}) before it is
 * made: a process has some at once and a user one, others wait a little, then they are a {@link Refusal} (a 429). The place is given
 * back when the file is sent, when it breaks off, when its caller goes, and when its caller is waited for too long
 * ({@link ReaderTime}). Of files that are made whole few may be large ({@link FilePlace}).
 *
 * <p>A file that breaks off ends its connection: it must not look as if it were whole.
 */
@ApplicationScoped
public class FileDownloads {

    private static final Logger LOG = Logger.getLogger(FileDownloads.class);

    private final FileConfig config;
    private final CurrentVertxRequest current;
    private final JsonWebToken token;
    private final PatientTurns turns;
    private final Semaphore largeOnes;

    FileDownloads(FileConfig config, CurrentVertxRequest current, JsonWebToken token) {
        this.config = config;
        this.current = current;
        this.token = token;
        this.turns = new PatientTurns(
                config.atOnce(),
                config.perUser(),
                config.patience(),
                "too many files are on their way: read the one that you asked for first, or come again");
        this.largeOnes = new Semaphore(Math.max(1, config.largeAtOnce()));
    }

    /**
     * Of a caller who is known.
     *
     * @param file reads what the text is made of, when it is its turn; what it throws is answered as ever
     */
    public Response of(String name, String type, Supplier<Text> file) {
        return answer(name, type, _ -> {
            Text text = file.get();
            return parts -> write(text, parts);
        });
    }

    /**
     * As {@link #of}, of what has to be whole before it is sent. It is a {@link Refusal} (a 429) as well where it becomes large while as many
     * large ones as may be are on their way.
     *
     * @param most bytes that it may have
     * @param longer is thrown before there is one more
     * @param making writes it, when it is its turn
     */
    public Response made(
            String name,
            String type,
            long most,
            Supplier<? extends RuntimeException> longer,
            Consumer<MadeFile> making) {
        return answer(name, type, place -> {
            MadeFile file = new MadeFile(most, longer, place::becomeLarge);
            making.accept(file);
            return file::sendTo;
        });
    }

    private Response answer(String name, String type, Function<FilePlace, Content> file) {
        RoutingContext exchange = current.getCurrent();
        FilePlace place = new FilePlace(turns.take(token.getSubject()), largeOnes);
        try {
            Content content = file.apply(place);
            giveBackAtTheEnd(exchange, place);
            return Response.ok(output(exchange, content, place), type)
                    .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                    .build();
        } catch (RuntimeException | Error none) {
            place.end();
            throw none;
        }
    }

    /** Of a HEAD, and for a caller who has gone, nothing is written. */
    private static void giveBackAtTheEnd(RoutingContext exchange, FilePlace place) {
        exchange.addEndHandler(_ -> place.end());
        if (exchange.response().ended() || exchange.response().closed()) {
            place.end();
        }
    }

    private StreamingOutput output(RoutingContext exchange, Content content, FilePlace place) {
        String route = LoggedRoute.current();
        return stream -> {
            try {
                content.writeTo(new TakenInTime(
                        stream,
                        exchange,
                        new ReaderTime(config.readerPatience(), config.slowest().asLongValue())));
                stream.close();
            } catch (IOException | RuntimeException broken) {
                if (!exchange.response().closed()) {
                    throw broken;
                }
                // Nobody is there to be told.
                LOG.infof("a file was not read to its end: route=%s", route);
            } finally {
                place.end();
            }
        };
    }

    /** Of a text that throws what was written is still sent, and the stream stays open. */
    private static void write(Text text, OutputStream parts) throws IOException {
        Writer out = new BufferedWriter(
                new OutputStreamWriter(new BufferedOutputStream(parts, MadeFile.PART), StandardCharsets.UTF_8));
        text.writeTo(out);
        out.close();
    }

    private interface Content {
        void writeTo(OutputStream parts) throws IOException;
    }

    /** What the file says. */
    public interface Text {
        void writeTo(Writer out) throws IOException;
    }
}

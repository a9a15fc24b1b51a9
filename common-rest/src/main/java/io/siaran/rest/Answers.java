package io.siaran.rest;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * The command behind {@code helm test}: asks each address, and ends 0 when each answers with the status that is expected.
 *
 * <pre>
 * java -cp '…/lib/main/*' io.siaran.rest.Answers 200=http://campaign:8081/q/health/live 401=http://…/api/v1/leads
 * </pre>
 */
public final class Answers {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final PrintStream out;

    Answers(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] expectations) {
        System.exit(new Answers(System.out).check(expectations));
    }

    /** 0 when all are as expected, 1 when one is not, 2 when it was asked wrongly. */
    int check(String... expectations) {
        boolean good = true;
        HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();
        try {
            for (String expectation : expectations) {
                if (!expectation.matches("[1-5]\\d\\d=https?://\\S+")) {
                    out.println("what is " + expectation + "? Expected: STATUS=ADDRESS");
                    return 2;
                }
                good &= check(http, Integer.parseInt(expectation.substring(0, 3)), expectation.substring(4));
            }
        } finally {
            // Its close() waits without bound for what is under way.
            http.shutdownNow();
        }
        return good ? 0 : 1;
    }

    private boolean check(HttpClient http, int expected, String address) {
        String found;
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(address)).timeout(LIMIT).build();
            found = Integer.toString(
                    http.send(request, BodyHandlers.discarding()).statusCode());
        } catch (IOException unreachable) {
            found = unreachable.toString();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            found = "interrupted";
        }
        boolean good = found.equals(Integer.toString(expected));
        out.printf("%s %s: %s%s%n", good ? "good" : "WRONG", address, found, good ? "" : ", expected " + expected);
        return good;
    }
}

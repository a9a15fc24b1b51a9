package io.siaran.gateway.provider.whatsappweb.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.siaran.gateway.Cast;
import io.siaran.gateway.device.ServerNames;
import io.siaran.gateway.provider.whatsappweb.bridge.BridgeImages.Fetched;
import io.siaran.rest.ImageDownload;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BridgeImagesTest {

    private static final byte[] PNG = ImageShop.png(640, 480);

    private static final InetAddress OUTSIDE = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress INSIDE = InetAddress.ofLiteral("127.0.0.2");

    private static final Vertx VERTX = Vertx.vertx();
    private static final ImageDownload DOWNLOAD = new ImageDownload(VERTX, Duration.ofSeconds(5), 10);
    private static final ServerNames NAMES = ServerNames.of(VERTX);

    private final CountDownLatch ended = new CountDownLatch(1);
    private HttpServer shop;
    private String url;

    @BeforeEach
    void start() throws IOException {
        shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        shop.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        url = "http://127.0.0.1:" + shop.getAddress().getPort();
        file("/a.png", 200, PNG);
        file("/a.jpg", 200, jpeg(0xc2, 640, 480));
        file("/most.png", 200, ImageShop.png(20_000, 10_000));
        file("/vast.png", 200, ImageShop.png(16_383, 16_383));
        file("/vast-unsigned.png", 200, ImageShop.png(-1, -1));
        file("/vast.jpg", 200, jpeg(0xc2, 16_383, 16_383));
        file("/long.jpg", 200, jpeg(0xc0, 40_000, 1));
        file("/empty.jpg", 200, jpeg(0xc0, 0, 480));
        file("/tables.jpg", 200, jpeg(0xc4, 640, 480));
        file("/cut.png", 200, Arrays.copyOf(PNG, 20));
        file("/cut.jpg", 200, new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff});
        file("/large", 200, Arrays.copyOf(PNG, BridgeImages.LARGEST + 1));
        file("/full", 200, Arrays.copyOf(PNG, BridgeImages.LARGEST));
        withoutLength("/large-unsaid", BridgeImages.LARGEST + 1);
        withoutLength("/full-unsaid", BridgeImages.LARGEST);
        withoutLength("/small-unsaid", 200_000);
        file("/page", 200, "<html>".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        file("/gone", 404, new byte[1]);
        file("/ill", 503, new byte[1]);
        redirect("/moved", "/a.png");
        redirect("/inside", "http://10.0.0.7/a.png");
        redirect("/file", "file:///etc/passwd");
        redirect("/round", "/round");
        shop.createContext("/slow", this::oneByte);
        shop.start();
    }

    @AfterEach
    void stop() {
        ended.countDown();
        shop.stop(0);
    }

    @AfterAll
    static void close() {
        DOWNLOAD.close();
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a.png", "/a.png?v=2", "/moved"})
    void an_image_comes_as_bytes_with_the_type_that_it_has(String path) {
        assertThat(fetch(url + path))
                .isEqualTo(new Fetched.Image(Map.of(
                        "mimetype", "image/png", "data", Base64.getEncoder().encodeToString(PNG))));
    }

    @Test
    void a_jpeg_is_one_too() {
        assertThat(fetch(url + "/a.jpg"))
                .isInstanceOfSatisfying(
                        Fetched.Image.class, image -> assertThat(image.body()).containsEntry("mimetype", "image/jpeg"));
    }

    @Test
    void an_image_of_as_many_pixels_as_it_may_have_is_fetched() {
        assertThat(fetch(url + "/most.png")).isInstanceOf(Fetched.Image.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/vast.png", "/vast-unsigned.png", "/vast.jpg", "/long.jpg"})
    void a_small_file_that_is_a_very_large_image_is_useless(String path) {
        assertThat(fetch(url + path))
                .isInstanceOfSatisfying(
                        Fetched.Useless.class,
                        image ->
                                assertThat(image.why()).contains("pixels: it may have 200000000, and 32767 on a side"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/large",
                "/large-unsaid",
                "/page",
                "/gone",
                "/inside",
                "/file",
                "/round",
                "/empty.jpg",
                "/tables.jpg",
                "/cut.png",
                "/cut.jpg"
            })
    void what_will_never_be_an_image_is_useless(String path) {
        assertThat(fetch(url + path)).isInstanceOf(Fetched.Useless.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://10.0.0.7/a.png", "ftp://kedai.my/a.png", "http://", "kedai.my", "http://a b/"})
    void an_address_of_ours_or_of_no_server_is_not_called(String address) {
        assertThat(fetch(address)).isInstanceOf(Fetched.Useless.class);
    }

    @Test
    void a_server_in_trouble_may_answer_another_time() {
        assertThat(fetch(url + "/ill")).isInstanceOf(Fetched.NotNow.class);
        assertThat(fetch("http://127.0.0.1:1/a.png")).isInstanceOf(Fetched.NotNow.class);
    }

    @Test
    void a_server_that_sends_a_byte_and_waits_is_left() {
        long began = System.nanoTime();

        assertThat(fetch(images(NAMES, Duration.ofMillis(700)), url + "/slow")).isInstanceOf(Fetched.NotNow.class);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void what_was_judged_is_what_is_called_wherever_the_name_leads_a_moment_later() throws Exception {
        // Given
        AtomicInteger looks = new AtomicInteger();
        AtomicInteger calls = new AtomicInteger();
        HttpServer inside = HttpServer.create(
                new InetSocketAddress(INSIDE, shop.getAddress().getPort()), 0);
        inside.createContext("/", exchange -> {
            calls.incrementAndGet();
            exchange.sendResponseHeaders(200, PNG.length);
            exchange.getResponseBody().write(PNG);
            exchange.close();
        });
        inside.start();
        ServerNames rebinding = _ -> Optional.of(looks.getAndIncrement() == 0 ? OUTSIDE : INSIDE);

        // When
        Fetched first =
                fetch(images(rebinding, Duration.ofSeconds(30)), url.replace("127.0.0.1", "kedai.my") + "/a.png");
        Fetched next =
                fetch(images(rebinding, Duration.ofSeconds(30)), url.replace("127.0.0.1", "kedai.my") + "/a.png");

        // Then
        inside.stop(0);
        assertThat(first).isInstanceOf(Fetched.Image.class);
        assertThat(next).isInstanceOf(Fetched.Useless.class);
        assertThat(calls).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/full", "/full-unsaid"})
    void an_image_for_which_there_is_no_room_is_not_read(String path) {
        // Given
        ImageBudget budget = new ImageBudget(2 * ImageBudget.AT_LEAST);
        assertThat(budget.place(Cast.MAJU).orElseThrow().holds(1)).isTrue();

        // When
        Fetched fetched = images(NAMES, Duration.ofSeconds(30))
                .fetch(url + path, budget.place(Cast.SINAR).orElseThrow());

        // Then
        assertThat(fetched).isEqualTo(new Fetched.NoRoom());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/small-unsaid", "/full-unsaid"})
    void an_image_whose_size_is_not_said_takes_what_it_has(String path) {
        // Given: the gateway of the smallest profile, and another device of the user that waits for an answer
        ImageBudget budget = new ImageBudget(48 << 20);
        var _ = budget.place(Cast.SINAR).orElseThrow();

        // When
        Fetched fetched = images(NAMES, Duration.ofSeconds(30))
                .fetch(url + path, budget.place(Cast.SINAR).orElseThrow());

        // Then
        assertThat(fetched).isInstanceOf(Fetched.Image.class);
    }

    private static Fetched fetch(String address) {
        return fetch(images(NAMES, Duration.ofSeconds(30)), address);
    }

    private static Fetched fetch(BridgeImages images, String address) {
        return images.fetch(address, new ImageBudget(1).place(Cast.SINAR).orElseThrow());
    }

    private static BridgeImages images(ServerNames names, Duration timeout) {
        return new BridgeImages(
                DOWNLOAD, names, address -> address.equals(INSIDE) || address.isSiteLocalAddress(), timeout);
    }

    private void file(String path, int status, byte[] bytes) {
        shop.createContext(path, exchange -> {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    /** Something else, then its frame by that marker, and the beginning of what follows. */
    private static byte[] jpeg(int marker, int width, int height) {
        byte[] some = {(byte) 0xff, (byte) 0xe0, 0, 4, (byte) 0xff, (byte) 0xc0, (byte) 0xff, (byte) 0xff};
        return ByteBuffer.allocate(40)
                .putShort((short) 0xffd8)
                .put(some)
                .put((byte) marker)
                .putShort((short) 17)
                .put((byte) 8)
                .putShort((short) height)
                .putShort((short) width)
                .array();
    }

    private void withoutLength(String path, int size) {
        shop.createContext(path, exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write(Arrays.copyOf(PNG, size));
            } catch (IOException _) {
                // The reader leaves as soon as it knows.
            }
        });
    }

    private void redirect(String path, String location) {
        shop.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
    }

    private void oneByte(HttpExchange exchange) {
        try {
            exchange.sendResponseHeaders(200, PNG.length);
            exchange.getResponseBody().write(PNG, 0, 1);
            exchange.getResponseBody().flush();
            ended.await();
            exchange.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.siaran.gateway.provider.whatsappweb.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.siaran.gateway.provider.whatsappweb.bridge.BridgeImages.Fetched;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BridgeImagesTest {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0};
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 0};

    private final CountDownLatch ended = new CountDownLatch(1);
    private HttpServer shop;
    private String url;

    @BeforeEach
    void start() throws IOException {
        shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        shop.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        url = "http://127.0.0.1:" + shop.getAddress().getPort();
        file("/a.png", 200, PNG);
        file("/a.jpg", 200, JPEG);
        file("/large", 200, Arrays.copyOf(PNG, BridgeImages.LARGEST + 1));
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

    @ParameterizedTest
    @ValueSource(strings = {"/large", "/page", "/gone", "/inside", "/file", "/round"})
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

        assertThat(images(1, Duration.ofMillis(700)).fetch(url + "/slow")).isInstanceOf(Fetched.NotNow.class);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
    }

    private static Fetched fetch(String address) {
        return images(1, Duration.ofSeconds(30)).fetch(address);
    }

    private static BridgeImages images(int atOnce, Duration timeout) {
        return new BridgeImages(
                server -> server.contains("//10."), new BridgeTest.Installed(Optional.empty(), timeout, atOnce));
    }

    private void file(String path, int status, byte[] bytes) {
        shop.createContext(path, exchange -> {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
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

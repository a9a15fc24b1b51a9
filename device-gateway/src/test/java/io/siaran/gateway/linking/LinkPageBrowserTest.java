package io.siaran.gateway.linking;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Simulator;
import io.siaran.gateway.device.LinkSecrets;
import io.siaran.gateway.linking.Chromium.Screen;
import io.siaran.gateway.provider.PlatformStub;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeviceId;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The link page in a real browser, as the person with the phone has it. The screenshots are in {@code target/screenshots}. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class LinkPageBrowserTest {

    private static final String CODE = "2@ref,noise,identity,adv-secret-that-is-as-long-as-those-of-whatsapp-are,1";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final AtomicInteger PHONES = new AtomicInteger();

    private static Chromium chromium;

    @TestHTTPResource("/")
    URI server;

    @Inject
    LinkSecrets secrets;

    /** One phone is one device, so each test has its own. */
    private final String phone = "60113%03d6789".formatted(PHONES.incrementAndGet());

    private final List<Page> windows = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    private PlatformStub bridge;
    private DeviceId merah;
    private String session;

    @BeforeAll
    static void open() {
        chromium = Chromium.start();
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE.toMillis());
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void register() {
        bridge = PlatformStub.start(TestServers.bridgePort());
        bridge.answers(404, "{\"error\":\"no_session\"}");
        merah = registered(Map.of("name", "merah", "platform", ""));
        session = "/v1/sessions/" + merah;
        bridge.answers("GET /v1/placement/" + merah, 200, "{\"address\":\"" + bridge.url() + "\",\"owned\":false}");
        bridge.answers("POST " + session + "/pairing-code", 200, "{\"code\":\"ABCD1234\"}");
        bridge.answers("DELETE " + session, 204, "");
        shows(CODE);
    }

    @AfterEach
    void end() {
        chromium.closeWindows();
        bridge.close();
        assertThat(complaints).as("what the browser complains of").isEmpty();
    }

    @Test
    void the_code_can_be_scanned_and_is_renewed_and_goes_where_nobody_confirms_it() {
        // Given
        Page page = visit(Screen.PHONE, "en-GB");
        awaitCode(page, CODE);

        // When
        shows("2@renewed");

        // Then
        awaitCode(page, "2@renewed");

        // When
        bridge.answersAfter(Duration.ofSeconds(30));
        page.clock().runFor(7_000);

        // Then
        assertThat(page.locator("#qr")).isHidden();
        assertThat(page.locator("#qr[src]")).hasCount(0);
        assertThat(status(page)).hasText("No connection. We keep trying.");
    }

    @Test
    void the_page_says_online_when_the_phone_is_and_goes_on_saying_so_when_its_address_has_run_out() {
        // Given
        Instant end = Instant.now().plusSeconds(8);
        Page page = visit(Screen.PHONE, "en-GB", secrets.of(merah, end));
        awaitCode(page, CODE);

        // When
        isLinked();

        // Then
        String online = "Linked. The phone whose number ends in 6789 is online. You may close this page.";
        assertThat(status(page)).hasText(online);
        assertThat(page.locator("#qr")).isHidden();
        await().until(() -> Instant.now().isAfter(end));
        page.waitForResponse(
                response -> response.status() == 404, () -> page.clock().runFor(10_000));
        page.waitForTimeout(200);
        assertThat(status(page)).hasText(online);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en-GB | logged_out | other_phone        | The phone is not linked. That phone has another number than this device.",
                "ms-MY | logged_out | other_phone        | Telefon belum dipautkan. Nombor telefon itu bukan nombor peranti ini.",
                "en-GB | logged_out | phone_taken        | The phone is not linked. That phone is linked to another device: disconnect it there first.",
                "ms-MY | logged_out | phone_taken        | Telefon belum dipautkan. Telefon itu dipautkan pada peranti lain: putuskan di sana dahulu.",
                "ms-MY | logged_out | anything           | Telefon belum dipautkan. Ia telah dilog keluar pada telefon.",
                "ms-MY | failed     | not_linked_in_time | Telefon belum dipautkan. Tiada sesiapa mengimbas kod itu pada masanya.",
                "en-GB | replaced   | anything           | The phone is not linked. Another program connected with the same link.",
                "ms-MY | banned     | for_a_while        | Telefon belum dipautkan. WhatsApp telah menyekat nombor itu buat sementara waktu.",
                "en-GB | failed     | client_too_old     | The phone is not linked. (it is failed: client_too_old)",
            })
    void the_page_says_why_the_phone_is_not_linked_and_begins_anew(
            String locale, String state, String detail, String told) {
        // Given
        bridgeSays("{\"state\":\"%s\",\"detail\":\"%s\",\"qr\":null}".formatted(state, detail));
        Page page = visit(Screen.PHONE, locale);
        assertThat(status(page)).hasText(told);

        // When
        shows(CODE);
        bridge.answers("GET " + session, 200, "{\"state\":\"%s\",\"detail\":\"%s\"}".formatted(state, detail));
        page.locator("#begin").click();

        // Then
        await().pollInSameThread().atMost(PATIENCE).until(() -> hasBegun());
        shows(CODE);
        awaitCode(page, CODE);
    }

    @Test
    void an_address_that_ran_out_and_one_of_a_deleted_device_show_nothing_more() {
        // Given
        String brief = secrets.of(merah, Instant.now().plusSeconds(8));
        Page late = visit(Screen.PHONE, "en-GB", brief);
        Page deleted = visit(Screen.DESKTOP, "ms-MY");
        awaitCode(late, CODE);
        awaitCode(deleted, CODE);

        // When
        Cast.as(Cast.SINAR, "operator")
                .delete("/api/v1/devices/" + merah)
                .then()
                .statusCode(204);

        // Then
        assertThat(status(deleted)).hasText("Pautan ini tidak sah lagi. Minta yang baharu.");
        assertThat(status(late)).hasText("This link no longer holds. Ask for a new one.");
        for (Page page : List.of(late, deleted)) {
            assertThat(page.locator("#qr[src]")).hasCount(0);
            assertThat(page.locator("#begin")).isHidden();
            assertThat(page.locator("#by-code")).isHidden();
        }
        assertThat(status(visit(Screen.PHONE, "en-GB", brief)))
                .hasText("This link no longer holds. Ask for a new one.");
    }

    @Test
    void two_people_with_one_address_both_see_whose_phone_it_became() {
        // Given
        String address = secret();
        Page ani = visit(Screen.PHONE, "ms-MY", address);
        Page budi = visit(Screen.DESKTOP, "en-GB", address);
        awaitCode(ani, CODE);
        awaitCode(budi, CODE);

        // When
        isLinked();
        Page third = visit(Screen.PHONE, "en-GB", address);

        // Then
        assertThat(status(ani)).containsText("berakhir dengan 6789 dalam talian");
        for (Page page : List.of(budi, third)) {
            assertThat(status(page)).containsText("ends in 6789 is online");
            assertThat(page.locator("#qr")).isHidden();
            assertThat(page.locator("#begin")).isHidden();
        }
    }

    @Test
    void the_secret_is_in_no_address_or_history_and_a_reload_goes_on() {
        // Given
        Page page = visit(Screen.PHONE, "en-GB");
        awaitCode(page, CODE);
        assertThat(page.url()).endsWith("/link");

        // When
        page.locator("#language").click();
        page.reload();

        // Then
        awaitCode(page, CODE);
        assertThat(page.locator("h1")).hasText("Pautkan WhatsApp");
        page.navigate("about:blank");
        page.goBack();
        assertThat(page.url()).endsWith("/link");
        awaitCode(page, CODE);
    }

    @Test
    void another_address_of_the_device_may_be_opened_where_the_old_one_was() {
        // Given
        Page page = visit(Screen.PHONE, "en-GB", secrets.of(merah, Instant.now().minusSeconds(1)));
        assertThat(status(page)).hasText("This link no longer holds. Ask for a new one.");

        // When
        page.navigate(address(merah, secret()));

        // Then
        awaitCode(page, CODE);
        assertThat(page.url()).endsWith("/link");
    }

    @Test
    void everything_is_reached_by_keyboard_in_its_order_and_it_is_seen_where_one_is() {
        // Given
        Page page = visit(Screen.DESKTOP, "en-GB");
        awaitCode(page, CODE);

        // Then
        assertThat(tab(page)).isEqualTo("language");
        assertThat(tab(page)).isEqualTo("how");
        page.keyboard().press("Enter");
        assertThat(tab(page)).isEqualTo("phone");
        page.keyboard().type("012-345 6789");
        Chromium.screenshot(page, "link-focus-desktop-en");
        page.keyboard().press("Enter");
        assertThat(page.locator("#told"))
                .hasText("Type this code on the phone: Linked devices, Link with phone number. ABCD-1234");
        assertThat(tab(page)).isEqualTo("BUTTON");
        page.waitForResponse("**/progress", () -> page.clock().runFor(2_000));
        page.waitForTimeout(200);
        assertThat(focused(page)).as("a look later").isEqualTo("BUTTON");
        assertThat(page.locator("#code")).hasText("ABCD-1234");

        // When: what has the focus goes
        bridgeSays("{\"state\":\"logged_out\",\"detail\":\"other_phone\",\"qr\":null}");
        assertThat(page.locator("#by-code")).isHidden();

        // Then
        assertThat(focused(page)).isEqualTo("status");
        assertThat(tab(page)).isEqualTo("begin");
        page.keyboard().press("Enter");
        await().pollInSameThread().atMost(PATIENCE).until(() -> hasBegun());
        assertThat(focused(page)).isEqualTo("status");
    }

    @Test
    void whoever_listens_hears_what_the_others_see_in_one_language_and_once() {
        // Given
        Page page = visit(Screen.PHONE, "ms-MY");
        awaitCode(page, CODE);

        // Then
        assertThat(page.locator("body")).matchesAriaSnapshot("""
                - banner:
                  - heading "Pautkan WhatsApp" [level=1]
                  - button "English"
                - main:
                  - status: Imbas kod ini dengan telefon. Kod diperbaharui sendiri.
                  - img "Kod QR untuk diimbas dengan WhatsApp"
                  - list:
                    - listitem: "Pada telefon, buka WhatsApp, kemudian Peranti dipautkan: di iPhone dalam Tetapan, di Android dalam menu."
                    - listitem: Ketik “Pautkan peranti”.
                    - listitem: Halakan kamera pada kod ini.
                  - group: Tiada kamera? Pautkan dengan kod
                """);
        assertThat(page.locator("html")).hasAttribute("lang", "ms");
        assertThat(page).hasTitle("Pautkan WhatsApp");
        assertThat(page.locator("#language")).hasAttribute("lang", "en");

        // When
        page.evaluate("window.heard = 0; new MutationObserver(all => heard += all.length)"
                + ".observe(document.body, { subtree: true, childList: true, characterData: true })");
        shows("2@renewed");
        awaitCode(page, "2@renewed");

        // Then
        assertThat(page.evaluate("heard"))
                .as("a code that is renewed is no news")
                .isEqualTo(0);

        // When
        page.locator("#language").click();
        page.locator("summary").click();

        // Then
        assertThat(page.locator("html")).hasAttribute("lang", "en");
        assertThat(page.getByRole(AriaRole.TEXTBOX)).hasAccessibleName("The number of the phone, with country code");
    }

    @Test
    void a_code_that_cannot_be_had_is_said_and_so_is_what_is_no_phone() {
        // Given
        Page page = visit(Screen.PHONE, "en-GB");
        awaitCode(page, CODE);
        page.locator("summary").click();

        // Then
        page.locator("#phone").fill("12");
        page.locator("#ask button").click();
        assertThat(page.locator("#told")).hasText("That is no phone number.");
        bridge.answers("POST " + session + "/pairing-code", 409, "{\"error\":\"not_linking\"}");
        page.locator("#phone").fill("012-345 6789");
        page.locator("#ask button").click();
        assertThat(page.locator("#told")).hasText("No code can be had now. Try again in a moment.");
        complaints.removeIf(complaint -> complaint.contains("400") || complaint.contains("409"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en-GB | The phone is not linked. Ask for a code, and type it on the phone.     | Linked. The phone is online.",
                "ms-MY | Telefon belum dipautkan. Minta kod, kemudian taip kod itu pada telefon. | Sudah dipautkan. Telefon dalam talian.",
            })
    void a_phone_whose_server_shows_no_code_to_scan_is_linked_by_one_to_type_and_again_when_it_ended(
            String locale, String ended, String linked) {
        // Given: nobody has begun, so its server never heard of it
        String session = "new-" + UUID.randomUUID();
        Page page = visit(device("gowa", session, "sim-user:key"), locale);
        assertThat(status(page)).hasText(ended);

        // When
        askForACode(page);

        // Then
        assertThat(page.locator("#code")).hasText("ABCD-1234");
        Chromium.screenshot(page, "link-typed-phone-" + locale.substring(0, 2));
        Simulator.connection(session, "connected");
        looks(page);
        assertThat(status(page)).containsText(linked);
        assertThat(page.locator("#by-code")).isHidden();

        // When: it is logged out on the phone
        Simulator.connection(session, "disconnected");
        page.clock().runFor(10_000);

        // Then
        assertThat(status(page)).hasText(ended);
        assertThat(page.locator("#code")).isEmpty();
        Chromium.screenshot(page, "link-typed-ended-phone-" + locale.substring(0, 2));
        askForACode(page);
        assertThat(page.locator("#code")).hasText("ABCD-1234");
        assertThat(page.locator("#begin")).isHidden();
        Simulator.connection(session, "connected");
        looks(page);
        assertThat(status(page)).containsText(linked);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en-GB | The phone is not linked. Ask for a code, and type it on the phone. (Unauthorized)"
                        + " | No code can be had now. Try again in a moment.",
                "ms-MY | Telefon belum dipautkan. Minta kod, kemudian taip kod itu pada telefon. (Unauthorized)"
                        + " | Kod tidak dapat diberi sekarang. Cuba lagi sebentar lagi.",
            })
    void the_page_says_why_a_phone_cannot_be_linked_by_a_code_to_type_either(String locale, String ended, String none) {
        // Given
        Page page = visit(device("gowa", "new-" + UUID.randomUUID(), "wrong-user:key"), locale);

        // Then
        assertThat(status(page)).hasText(ended);
        assertThat(status(page)).hasClass("bad");
        assertThat(page.locator("#reason")).hasAttribute("lang", "en");
        askForACode(page);
        assertThat(page.locator("#told")).hasText(none);
        assertThat(page.locator("#ask")).isVisible();
        complaints.removeIf(complaint -> complaint.contains("409"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en-GB | waha      | The phone is not linked.",
                "ms-MY | waha      | Telefon belum dipautkan.",
                "en-GB | evolution | The phone is not linked.",
                "ms-MY | evolution | Telefon belum dipautkan.",
            })
    void a_phone_at_a_server_that_never_heard_of_it_is_linked_from_the_page_alone_and_again_when_it_ended(
            String locale, String engine, String ended) {
        // Given
        String session = "new-" + UUID.randomUUID();
        Page page = visit(device(engine, session, "sim-user:key"), locale);
        assertThat(status(page)).hasText(ended);

        // When
        beginUntilCode(page, "2@" + session);

        // Then
        assertThat(page.locator("#reason")).isEmpty();
        Simulator.connection(session, "connected");
        looks(page);
        assertThat(status(page)).hasClass("good");
        Simulator.connection(session, "disconnected");
        page.clock().runFor(10_000);
        awaitCode(page, "2@" + session);
    }

    @ParameterizedTest
    @CsvSource({"PHONE,en-GB", "PHONE,ms-MY", "DESKTOP,en-GB", "DESKTOP,ms-MY"})
    void it_fits_every_screen_and_can_be_read_and_touched(Screen screen, String locale) {
        // Given
        Page page = visit(screen, locale);
        awaitCode(page, CODE);

        // Then
        look(page, "scan", screen, locale);
        assertThat((double) page.locator("#qr").boundingBox().width).isGreaterThan(250);
        assertThat(page.locator("#qr").boundingBox().y + page.locator("#qr").boundingBox().height)
                .as("seen without scrolling")
                .isLessThan(800);
        page.locator("summary").click();
        page.locator("#phone").fill("012-345 6789");
        page.locator("#ask button").click();
        assertThat(page.locator("#code")).hasText("ABCD-1234");
        look(page, "code", screen, locale);
        bridgeSays("{\"state\":\"logged_out\",\"detail\":\"phone_taken\",\"qr\":null}");
        assertThat(page.locator("#begin")).isVisible();
        look(page, "ended", screen, locale);
        bridgeSays("{\"state\":\"connecting\",\"qr\":null}");
        assertThat(page.locator("#begin")).isHidden();
        look(page, "connecting", screen, locale);
        bridgeSays("{}");
        assertThat(status(page)).containsText(locale.startsWith("ms") ? "Pelayan" : "server");
        look(page, "unreachable", screen, locale);
        isLinked();
        assertThat(status(page)).containsText("6789");
        look(page, "linked", screen, locale);
        page.evaluate("sessionStorage.clear()");
        page.reload();
        assertThat(status(page)).containsText(locale.startsWith("ms") ? "tidak sah" : "no longer");
        look(page, "late", screen, locale);
    }

    private static void look(Page page, String what, Screen screen, String locale) {
        String name = "link-%s-%s-%s".formatted(what, screen.name().toLowerCase(), locale.substring(0, 2));
        Chromium.screenshot(page, name);
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as("no scrolling sideways: " + name)
                .isEqualTo(true);
        assertThat(page.evaluate(LOWEST_CONTRAST))
                .as(name)
                .satisfies(ratio -> assertThat(((Number) ratio).doubleValue()).isGreaterThanOrEqualTo(4.5));
        for (Locator target :
                page.locator("button:visible, input:visible, summary:visible").all()) {
            assertThat((double) target.boundingBox().height).as(name).isGreaterThanOrEqualTo(44);
        }
    }

    /** As WCAG computes it, of every text that is seen. */
    private static final String LOWEST_CONTRAST = """
            () => {
              const light = colour => {
                const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map(each => each / 255)
                  .map(each => each <= .04045 ? each / 12.92 : ((each + .055) / 1.055) ** 2.4)
                return .2126 * r + .7152 * g + .0722 * b
              }
              const behind = node => {
                for (let each = node; each; each = each.parentElement) {
                  const colour = getComputedStyle(each).backgroundColor
                  if (colour !== 'rgba(0, 0, 0, 0)') return colour
                }
                return 'rgb(255, 255, 255)'
              }
              const ratio = node => {
                const both = [light(getComputedStyle(node).color), light(behind(node))].sort((a, b) => b - a)
                return (both[0] + .05) / (both[1] + .05)
              }
              const texts = [...document.body.querySelectorAll('*')].filter(node => node.checkVisibility()
                && [...node.childNodes].some(each => each.nodeType === 3 && each.data.trim()))
              return Math.min(...texts.map(ratio))
            }
            """;

    private static String tab(Page page) {
        page.keyboard().press("Tab");
        assertThat(page.evaluate("() => { const look = getComputedStyle(document.activeElement);"
                        + " return look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2 }"))
                .as("where one is, is seen: " + focused(page))
                .isEqualTo(true);
        return focused(page);
    }

    private static String focused(Page page) {
        return (String) page.evaluate("document.activeElement.id || document.activeElement.tagName");
    }

    /** What a phone's camera would read. */
    private static void awaitCode(Page page, String code) {
        await().pollInSameThread()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> QrCodeTest.read(page.locator("#qr").screenshot()), code::equals);
    }

    /** A look that was under way may say once more that linking has ended; then a person begins again, as the page offers. */
    private static void beginUntilCode(Page page, String code) {
        await().pollInSameThread()
                .atMost(PATIENCE.multipliedBy(2))
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions()
                .until(
                        () -> {
                            if (page.locator("#begin").isVisible()) {
                                page.locator("#begin").click();
                                page.waitForTimeout(2_000);
                            }
                            return QrCodeTest.read(page.locator("#qr").screenshot());
                        },
                        code::equals);
    }

    private static Locator status(Page page) {
        return page.locator("#status");
    }

    private Page visit(DeviceId device, String locale) {
        Page page = open(Screen.PHONE, locale);
        page.navigate(address(device, secrets.of(device, Instant.now().plusSeconds(300))));
        return page;
    }

    private static void askForACode(Page page) {
        page.locator("#phone").fill("012-345 6789");
        page.locator("#ask button").click();
    }

    private Page visit(Screen screen, String locale) {
        return visit(screen, locale, secret());
    }

    private Page visit(Screen screen, String locale, String secret) {
        Page page = open(screen, locale);
        page.navigate(address(merah, secret));
        return page;
    }

    private Page open(Screen screen, String locale) {
        Page page = chromium.window(screen, locale);
        page.clock().install();
        windows.add(page);
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().contains("404")) {
                complaints.add(message.text());
            }
        });
        return page;
    }

    private String secret() {
        return secrets.of(merah, Instant.now().plusSeconds(300));
    }

    private String address(DeviceId device, String secret) {
        return server + "api/v1/devices/" + device + "/link#" + secret;
    }

    private void shows(String code) {
        bridgeSays("{\"state\":\"qr\",\"qr\":\"" + code + "\",\"me\":null}");
    }

    private void isLinked() {
        bridgeSays("{\"state\":\"open\",\"qr\":null,\"me\":{\"phone\":\"" + phone + "\"}}");
    }

    private void bridgeSays(String state) {
        bridge.answers("GET " + session, 200, state);
        bridge.answers("PUT " + session, 202, state);
        windows.forEach(LinkPageBrowserTest::looks);
    }

    /** The clock of a page runs as ours does, and here ahead to its next look. */
    private static void looks(Page page) {
        page.clock().runFor(2_000);
    }

    private boolean hasBegun() {
        return bridge.asked().stream()
                .anyMatch(asked -> asked.method().equals("PUT") && asked.uri().equals(session));
    }

    /** At a server of the tenant's. */
    private static DeviceId device(String engine, String session, String credential) {
        return registered(Map.of(
                "name",
                "hijau",
                "platform",
                "",
                "engine",
                engine,
                "session",
                session,
                "credential",
                credential,
                "base_url",
                TestServers.simulatorUrl() + "/" + engine));
    }

    private static DeviceId registered(Map<String, Object> body) {
        return DeviceId.of(Cast.as(Cast.SINAR, "operator")
                .body(body)
                .post("/api/v1/devices")
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
    }
}

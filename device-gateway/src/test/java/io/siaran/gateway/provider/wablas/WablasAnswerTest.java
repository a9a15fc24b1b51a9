package io.siaran.gateway.provider.wablas;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.gateway.device.Health;
import io.siaran.gateway.device.RefusalCause;
import io.siaran.gateway.provider.PlatformAnswer;
import io.siaran.gateway.provider.SendOutcome;
import io.siaran.gateway.provider.SendOutcome.Accepted;
import io.siaran.gateway.provider.SendOutcome.ContactRejected;
import io.siaran.gateway.provider.SendOutcome.DeviceRefused;
import io.siaran.gateway.provider.SendOutcome.MediaUnavailable;
import io.siaran.gateway.provider.SendOutcome.MessageRejected;
import io.siaran.gateway.provider.SendOutcome.NotOnWhatsApp;
import io.siaran.gateway.provider.SendOutcome.ProviderFailed;
import io.siaran.gateway.provider.SendOutcome.RateLimited;
import io.siaran.gateway.provider.SendOutcome.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each answer of Wablas means. */
class WablasAnswerTest {

    private static final Instant NOW = Instant.parse("2026-11-28T02:00:00Z");

    private static final String SUCCESS = """
            {"status":true,"message":"queued","data":{"device_id":"D","quota":97,
             "messages":[{"id":"w-1","phone":"60121111111","status":"pending","ref_id":"r"}]}}""";

    static Stream<Arguments> answers() {
        return Stream.of(
                answer("success", 200, SUCCESS, Accepted.class),
                answer("success that tells little", 200, "{\"status\":true}", Accepted.class),
                answer("success without messages", 200, "{\"status\":true,\"data\":{\"messages\":[]}}", Accepted.class),
                answer("success under 201", 201, SUCCESS, Accepted.class),
                answer("token refused with 500", 500, no("token invalid or device expired"), DeviceRefused.class),
                answer("token refused with 200", 200, no("Token Invalid or Device Expired"), DeviceRefused.class),
                answer("logged out", 200, no("device disconnected, need to scan qr code again"), DeviceRefused.class),
                answer("unauthorised, no body", 401, "", DeviceRefused.class),
                answer("forbidden page", 403, "<html>no</html>", DeviceRefused.class),
                answer("account blocked", 200, no("your account has been blocked"), DeviceRefused.class),
                answer("device unknown", 200, no("device not registered"), DeviceRefused.class),
                answer("timelock", 200, no("server returned error 463"), DeviceRefused.class),
                answer("number blocked", 200, no("Your WhatsApp number has been blocked"), DeviceRefused.class),
                answer("sender blocked", 200, no("the sender has been blocked by WhatsApp"), DeviceRefused.class),
                answer("sender unknown", 200, no("sender number is not registered"), DeviceRefused.class),
                answer("own number unknown", 200, no("your number is not registered"), DeviceRefused.class),
                answer("number blocked, whose is not said", 200, no("this number is blocked"), ProviderFailed.class),
                answer("blocked, nobody said who", 200, no("blocked"), ProviderFailed.class),
                answer("too long", 200, no("message may not be greater than 1024 characters"), MessageRejected.class),
                answer("image not got", 200, no("failed to download image"), MediaUnavailable.class),
                answer("blocked by the person", 200, no("recipient has blocked you"), ContactRejected.class),
                answer(
                        "our number blocked by the person",
                        200,
                        no("recipient blocked your number"),
                        ContactRejected.class),
                answer("not on WhatsApp", 200, no("phone number not registered on whatsapp"), NotOnWhatsApp.class),
                answer("malformed number", 200, no("invalid phone"), ContactRejected.class),
                answer("429", 429, "", RateLimited.class),
                answer("throttled in words", 200, no("too many requests, slow down"), RateLimited.class),
                answer("quota used up", 200, no("your quota is used up"), RateLimited.class),
                answer(
                        "readable refusal, 500",
                        500,
                        no("internal server error, message not sent"),
                        ProviderFailed.class),
                answer("readable refusal, 503", 503, no("maintenance"), ProviderFailed.class),
                answer("unknown words", 200, no("something new"), ProviderFailed.class),
                answer("no such path", 404, "<html>404</html>", ProviderFailed.class),
                answer("request time-out of a proxy", 408, "", Unknown.class),
                answer("bad gateway", 502, "<html>502</html>", Unknown.class),
                answer("gateway time-out", 504, "<html>504</html>", Unknown.class),
                answer("readable gateway time-out", 504, no("Gateway timeout"), Unknown.class),
                answer("readable bad gateway", 502, no("number not registered"), Unknown.class),
                answer("readable request time-out", 408, no("maintenance"), Unknown.class),
                answer("time-out in words", 200, no("Connection timed out"), Unknown.class),
                answer("time-out in other words", 500, no("context deadline exceeded"), Unknown.class),
                answer("service unavailable page", 503, "<html>503</html>", Unknown.class),
                answer("500 without a body", 500, "", Unknown.class),
                answer("page with 200", 200, "<html>hello</html>", Unknown.class),
                answer("truncated", 200, SUCCESS.substring(0, 60), Unknown.class),
                answer("empty", 200, "", Unknown.class),
                answer("no verdict", 200, "{\"message\":\"hm\"}", Unknown.class),
                answer("verdict that is no boolean", 200, "{\"status\":\"yes\"}", Unknown.class),
                answer("redirect", 302, "", Unknown.class),
                answer("success with 500", 500, SUCCESS, Unknown.class));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void each_answer_has_its_meaning(String name, int status, String body, Class<? extends SendOutcome> meaning) {
        // When
        SendOutcome outcome = outcome(status, null, body);

        // Then
        assertThat(outcome).isInstanceOf(meaning);
    }

    @Test
    void the_platforms_id_is_kept() {
        assertThat(outcome(200, null, SUCCESS)).isEqualTo(new Accepted("w-1"));
        assertThat(outcome(200, null, "{\"status\":true}")).isEqualTo(new Accepted(null));
    }

    @Test
    void the_platforms_pause_is_kept_within_reason() {
        assertThat(outcome(429, "7", "")).isEqualTo(new RateLimited(Duration.ofSeconds(7)));
        assertThat(outcome(429, null, "")).isEqualTo(new RateLimited(Duration.ofSeconds(60)));
        assertThat(outcome(429, "soon", "")).isEqualTo(new RateLimited(Duration.ofSeconds(60)));
        assertThat(outcome(429, "999999", "")).isEqualTo(new RateLimited(Duration.ofHours(1)));
        assertThat(outcome(429, "Sat, 28 Nov 2026 02:00:09 GMT", "")).isEqualTo(new RateLimited(Duration.ofSeconds(9)));
        assertThat(outcome(429, "Sat, 28 Nov 2026 01:00:00 GMT", "")).isEqualTo(new RateLimited(Duration.ZERO));
    }

    @Test
    void a_phone_in_the_platforms_words_is_not_repeated() {
        // When
        SendOutcome outcome = outcome(200, null, no("invalid phone 60121111111"));

        // Then
        assertThat(outcome).isEqualTo(new ContactRejected("invalid phone …"));
    }

    @Test
    void what_no_database_can_store_is_left_out_of_its_words() {
        assertThat(outcome(200, null, no("invalid phone\\u0000!"))).isEqualTo(new ContactRejected("invalid phone !"));
        assertThat(health(no("device disconnected\\u0000!")))
                .isEqualTo(new Health.NotConnected("device disconnected !"));
    }

    @Test
    void only_connected_means_connected() {
        assertThat(health("{\"status\":true,\"data\":{\"status\":\"connected\"}}"))
                .isEqualTo(new Health.Connected());
        assertThat(health("{\"status\":true,\"data\":{\"status\":\"disconnected\"}}"))
                .isEqualTo(new Health.NotConnected("disconnected"));
        assertThat(health(no("device disconnected"))).isEqualTo(new Health.NotConnected("device disconnected"));
    }

    @Test
    void a_refused_device_is_told_from_a_platform_that_cannot_be_asked() {
        assertThat(health(no("token invalid or device expired")))
                .isEqualTo(new Health.Refused(RefusalCause.CREDENTIAL, "token invalid or device expired"));
        assertThat(health(no("your account has been blocked")))
                .isEqualTo(new Health.Refused(RefusalCause.BANNED, "your account has been blocked"));
        assertThat(health(no("maintenance")))
                .isEqualTo(new Health.CannotBeAsked("HTTP 200: maintenance", Duration.ZERO));
        assertThat(health("<html>"))
                .isEqualTo(new Health.CannotBeAsked("HTTP 200 without a readable answer", Duration.ZERO));
        assertThat(WablasAnswer.health(new PlatformAnswer(429, "30", "", NOW)))
                .isEqualTo(new Health.CannotBeAsked("HTTP 429", Duration.ofSeconds(30)));
    }

    private static SendOutcome outcome(int status, String retryAfter, String body) {
        return WablasAnswer.outcome(new PlatformAnswer(status, retryAfter, body, NOW));
    }

    private static Health health(String body) {
        return WablasAnswer.health(new PlatformAnswer(200, null, body, NOW));
    }

    private static Arguments answer(String name, int status, String body, Class<? extends SendOutcome> meaning) {
        return Arguments.of(name, status, body, meaning);
    }

    private static String no(String message) {
        return "{\"status\":false,\"message\":\"" + message + "\"}";
    }
}

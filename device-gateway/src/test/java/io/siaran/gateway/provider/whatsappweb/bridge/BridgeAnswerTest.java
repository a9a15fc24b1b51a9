package io.siaran.gateway.provider.whatsappweb.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siaran.gateway.device.Health;
import io.siaran.gateway.device.RefusalCause;
import io.siaran.gateway.provider.CallbackEvent;
import io.siaran.gateway.provider.CallbackReading.UnreadableCallback;
import io.siaran.gateway.provider.Lookup.Finding;
import io.siaran.gateway.provider.PlatformAnswer;
import io.siaran.gateway.provider.SendOutcome;
import io.siaran.model.PhoneNumber;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BridgeAnswerTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    200 | {"state":"accepted","wa_id":"3EB0A"}                   | Accepted
                    422 | {"state":"rejected","code":"463"}                      | DeviceRefused
                    422 | {"state":"rejected","code":"not_on_whatsapp"}          | NotOnWhatsApp
                    422 | {"state":"rejected","code":"479"}                      | ProviderFailed
                    503 | {"state":"not_sent","detail":"not_connected"}          | NotSent
                    503 | {"error":"full"}                                       | NotSent
                    504 | {"state":"unknown","detail":"no_answer"}               | Unknown
                    409 | {"state":"started"}                                    | Unknown
                    409 | {"error":"not_owner","address":"http://b1"}            | NotSent
                    404 | {"error":"no_session"}                                 | NotSent
                    401 | {"error":"unauthorized"}                               | NotSent
                    400 | {"error":"invalid","detail":"text: must not be blank"} | MessageRejected
                    500 | {"error":"internal"}                                   | Unknown
                    502 | <html>                                                 | Unknown
                    400 | <html>                                                 | Unknown
                    429 |                                                        | Unknown
                    200 | {"state":"open"}                                       | Unknown
                    """)
    void every_answer_means_one_outcome(int status, String body, String outcome) {
        assertThat(BridgeAnswer.outcome(answer(status, body)).getClass().getSimpleName())
                .isEqualTo(outcome);
    }

    @Test
    void a_463_refuses_the_device_and_not_the_contact() {
        // When
        SendOutcome outcome = BridgeAnswer.outcome(answer(422, "{\"state\":\"rejected\",\"code\":\"463\"}"));

        // Then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        SendOutcome.DeviceRefused.class,
                        refused -> assertThat(refused.cause()).isEqualTo(RefusalCause.TIMELOCK));
    }

    @Test
    void the_end_of_the_timelock_is_read() {
        // Given
        String limits = "{\"timelock\":{\"active\":true,\"until\":\"2026-12-01T08:00:00.000Z\"},\"new_chats\":null}";

        // When, Then
        assertThat(BridgeAnswer.timelockEnds(answer(200, limits))).contains(Instant.parse("2026-12-01T08:00:00Z"));
        assertThat(BridgeAnswer.timelockEnds(answer(200, "{\"timelock\":{\"active\":false,\"until\":null}}")))
                .isEmpty();
    }

    @Test
    void only_an_accepted_message_is_found() {
        assertThat(BridgeAnswer.finding(answer(200, "{\"state\":\"accepted\",\"wa_id\":\"3EB0A\"}")))
                .isEqualTo(new Finding.Sent(List.of("3EB0A")));
        assertThat(BridgeAnswer.finding(answer(200, "{\"state\":\"unknown\"}"))).isEqualTo(new Finding.NotFound());
        assertThat(BridgeAnswer.finding(answer(404, "{\"error\":\"no_message\"}")))
                .isEqualTo(new Finding.NotFound());
        assertThat(BridgeAnswer.finding(answer(500, "{\"error\":\"internal\"}")))
                .isInstanceOf(Finding.CannotBeAsked.class);
    }

    @Test
    void what_whatsapp_refused_is_known_to_be() {
        assertThat(BridgeAnswer.finding(answer(200, "{\"state\":\"rejected\",\"code\":\"479\"}")))
                .isEqualTo(new Finding.Refused(new SendOutcome.ProviderFailed("WhatsApp refused it with 479")));
        assertThat(BridgeAnswer.finding(answer(200, "{\"state\":\"started\"}"))).isEqualTo(new Finding.NotFound());
    }

    @Test
    void the_state_of_a_session_says_how_the_device_is() {
        assertThat(BridgeAnswer.health(answer(200, "{\"state\":\"open\"}"))).isEqualTo(new Health.Connected());
        assertThat(BridgeAnswer.health(answer(200, "{\"state\":\"qr\"}"))).isInstanceOf(Health.NotConnected.class);
        assertThat(BridgeAnswer.health(answer(200, "{\"state\":\"banned\"}")))
                .isInstanceOfSatisfying(
                        Health.Refused.class,
                        refused -> assertThat(refused.cause()).isEqualTo(RefusalCause.BANNED));
        assertThat(BridgeAnswer.health(answer(500, ""))).isInstanceOf(Health.CannotBeAsked.class);
    }

    @Test
    void an_account_that_asks_for_a_passkey_is_said_to_and_what_helps() {
        assertThat(BridgeAnswer.health(answer(200, "{\"state\":\"passkey_required\"}")))
                .isInstanceOfSatisfying(
                        Health.NotConnected.class,
                        health -> assertThat(health.reason()).contains("passkey", "use gowa or waha"));
    }

    @Test
    void a_block_that_ends_by_itself_is_said_to() {
        assertThat(BridgeAnswer.health(answer(200, "{\"state\":\"banned\",\"detail\":\"for_a_while\"}")))
                .isEqualTo(new Health.Refused(RefusalCause.BANNED, "WhatsApp has blocked the number for a while"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    phone_taken | linked to another device
                    other_phone | another number
                                | link it again
                    """)
    void a_phone_that_was_logged_out_again_is_said_to_be(String detail, String words) {
        // Given
        String body =
                "{\"state\":\"logged_out\",\"detail\":%s}".formatted(detail == null ? "null" : "\"" + detail + "\"");

        // When, Then
        assertThat(BridgeAnswer.health(answer(200, body)))
                .isInstanceOfSatisfying(
                        Health.Refused.class,
                        refused -> assertThat(refused.reason()).contains(words));
    }

    @Test
    void receipts_replies_and_connections_are_read_in_their_order() {
        // Given
        String body = """
                {"events":[
                 {"id":"1","session":"s","kind":"connection","state":"open","at":1764300000},
                 {"id":"2","session":"s","kind":"message","wa_id":"AC1","phone":"60123456789","lid":"960123456789","text":"STOP",
                  "type":"conversation","at":1764300001},
                 {"id":"3","session":"s","kind":"receipt","message_id":"m","wa_id":"3EB0A","type":"read","at":1764300002,
                  "recipient":"60123456789"},
                 {"id":"4","session":"s","kind":"timelock","active":true}]}""";

        // When
        List<CallbackEvent> events = new BridgeCallbacks().read(body).events();

        // Then
        assertThat(events).extracting(CallbackEvent::kind).containsExactly("connection", "inbound", "receipt.read");
        assertThat(events.get(1))
                .isInstanceOfSatisfying(
                        CallbackEvent.Inbound.class,
                        inbound -> assertThat(inbound.text()).isEqualTo("STOP"));
        assertThat(events.get(2)).isInstanceOfSatisfying(CallbackEvent.Receipt.class, receipt -> {
            assertThat(receipt.id()).isEqualTo("3EB0A");
            assertThat(receipt.contact().phone()).contains(new PhoneNumber("60123456789"));
        });
    }

    @Test
    void a_body_that_is_no_list_of_events_is_refused() {
        assertThatThrownBy(() -> new BridgeCallbacks().read("{}")).isInstanceOf(UnreadableCallback.class);
        assertThatThrownBy(() -> new BridgeCallbacks().read("[]")).isInstanceOf(UnreadableCallback.class);
    }

    @Test
    void an_event_that_says_nothing_holds_back_none_that_follows() {
        // Given
        String nobody = "{\"id\":\"1\",\"kind\":\"message\",\"wa_id\":\"A\"}";
        String noId = "{\"id\":\"2\",\"kind\":\"receipt\",\"type\":\"read\"}";
        String good = "{\"id\":\"3\",\"kind\":\"receipt\",\"type\":\"read\",\"wa_id\":\"3EB0A\"}";

        // When
        List<CallbackEvent> events = new BridgeCallbacks()
                .read("{\"events\":[%s,%s,{},7,%s]}".formatted(nobody, noId, good))
                .events();

        // Then
        assertThat(events).extracting(CallbackEvent::id).containsExactly("3EB0A");
    }

    private static PlatformAnswer answer(int status, String body) {
        return new PlatformAnswer(status, null, body, Instant.EPOCH);
    }
}

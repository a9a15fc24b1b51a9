package io.siaran.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.gateway.breaker.Breaker;
import io.siaran.gateway.breaker.Judgement;
import io.siaran.gateway.breaker.Judgement.Hold;
import io.siaran.gateway.device.RefusalCause;
import io.siaran.gateway.provider.SendOutcome;
import io.siaran.model.DeferReason;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallOutcomeTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Judgement OPEN = new Judgement(
            Optional.of(Breaker.CLOSED), Optional.of(new Hold(DeferReason.PLATFORM_TROUBLE, MINUTE)), false);

    @Test
    void what_a_platform_says_can_always_be_stored() {
        assertThat(of(new SendOutcome.Accepted("w\0-1"), Judgement.NONE).providerMessageId())
                .isEqualTo("w-1");
        assertThat(of(new SendOutcome.Unknown("cut\0 off"), Judgement.NONE).detail())
                .isEqualTo("cut off");
    }

    @Test
    void what_was_provably_not_sent_burns_no_attempt_while_its_breaker_is_open() {
        for (SendOutcome outcome : new SendOutcome[] {
            new SendOutcome.ProviderFailed("maintenance"), new SendOutcome.NotSent("ConnectException")
        }) {
            CallOutcome end = of(outcome, OPEN);

            assertThat(end.state()).isEqualTo("returned");
            assertThat(end.reason()).isEqualTo("platform_trouble");
            assertThat(end.again()).isEqualTo(MINUTE);
        }
    }

    @Test
    void a_lost_answer_is_unknown_whatever_the_breaker_says() {
        assertThat(of(new SendOutcome.Unknown("timeout"), OPEN).state()).isEqualTo("unknown");
    }

    @Test
    void what_the_platform_will_never_send_says_whose_fault_it_is() {
        assertThat(of(new SendOutcome.ContactRejected("blocked"), Judgement.NONE)
                        .reason())
                .isEqualTo("contact_rejected");
        assertThat(of(new SendOutcome.NotOnWhatsApp("nobody"), Judgement.NONE).reason())
                .isEqualTo("not_on_whatsapp");
        assertThat(of(new SendOutcome.MessageRejected("too long"), Judgement.NONE)
                        .reason())
                .isEqualTo("message_rejected");
    }

    @Test
    void an_image_that_cannot_be_got_burns_an_attempt_whatever_the_breaker_says() {
        CallOutcome end = of(new SendOutcome.MediaUnavailable("404"), OPEN);

        assertThat(end.state()).isEqualTo("failed");
        assertThat(end.reason()).isEqualTo("media_unavailable");
    }

    @Test
    void a_closed_breaker_blames_the_message() {
        assertThat(of(new SendOutcome.ProviderFailed("no"), Judgement.NONE).state())
                .isEqualTo("failed");
    }

    @Test
    void a_refused_device_gets_its_message_back_when_it_may_try_again() {
        SendOutcome refused = new SendOutcome.DeviceRefused(RefusalCause.CREDENTIAL, "token invalid", null);

        assertThat(CallOutcome.of(refused, Judgement.NONE, MINUTE).again()).isEqualTo(MINUTE);
    }

    private static CallOutcome of(SendOutcome outcome, Judgement judgement) {
        return CallOutcome.of(outcome, judgement, null);
    }
}

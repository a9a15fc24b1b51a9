package io.siaran.dispatch.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignatureTest {

    /** The example that the specification of Standard Webhooks and its libraries have. */
    @Test
    void the_published_example_is_signed_as_published() {
        byte[] secret = Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        String signature =
                Signature.of("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}", List.of(secret));

        assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void while_two_secrets_are_valid_there_is_a_signature_by_each() {
        String signature = Signature.of("a", 1, "b", List.of(new byte[] {1}, new byte[] {2}));

        assertThat(signature.split(" ")).hasSize(2).doesNotHaveDuplicates().allMatch(each -> each.startsWith("v1,"));
    }
}

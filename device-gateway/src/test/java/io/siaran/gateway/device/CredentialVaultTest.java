package io.siaran.gateway.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CredentialVaultTest {

    private static final Credential SECRET = new Credential("t0ken.s3cret");
    private static final UUID MERAH = new UUID(0, 1);
    private static final UUID BIRU = new UUID(0, 2);

    private final CredentialVault vault = vault("0123456789abcdef0123456789abcdef");

    @Test
    void what_was_sealed_opens_for_its_own_device_only() {
        // When
        byte[] sealed = vault.seal(MERAH, SECRET);

        // Then
        assertThat(vault.open(MERAH, sealed)).isEqualTo(SECRET);
        assertThatThrownBy(() -> vault.open(BIRU, sealed)).hasMessageContaining("does not open");
        assertThatThrownBy(() -> vault("another-key-of-thirty-two-bytes!").open(MERAH, sealed))
                .hasMessageContaining("does not open");
    }

    @Test
    void equal_credentials_look_different_and_equal_numbers_have_one_fingerprint() {
        assertThat(vault.seal(MERAH, SECRET)).isNotEqualTo(vault.seal(MERAH, SECRET));
        assertThat(vault.fingerprint(Platform.WABLAS, "https://a", "t0ken"))
                .isEqualTo(vault.fingerprint(Platform.WABLAS, "https://a", "t0ken"))
                .isNotEqualTo(vault.fingerprint(Platform.WABLAS, "https://b", "t0ken"))
                .isNotEqualTo(
                        vault("another-key-of-thirty-two-bytes!").fingerprint(Platform.WABLAS, "https://a", "t0ken"));
    }

    @Test
    void a_credential_does_not_show_itself() {
        assertThat(SECRET.toString()).doesNotContain("t0ken");
    }

    @Test
    void a_key_of_the_wrong_length_is_refused_at_start() {
        assertThatThrownBy(() -> vault("short")).hasMessageContaining("32 bytes");
    }

    @Test
    void a_newer_key_seals_and_the_one_before_still_opens_while_numbers_and_callbacks_stay_the_same() {
        // Given
        CredentialVault rotated = vault("0123456789abcdef0123456789abcdef", Map.of(2, base64("x".repeat(32))), 2);
        byte[] before = vault.seal(MERAH, SECRET);

        // When
        byte[] sealed = rotated.seal(MERAH, SECRET);

        // Then
        assertThat(sealed[0]).isEqualTo((byte) 2);
        assertThat(rotated.open(MERAH, sealed)).isEqualTo(SECRET);
        assertThat(rotated.open(MERAH, before)).isEqualTo(SECRET);
        assertThatThrownBy(() -> vault.open(MERAH, sealed)).hasMessageContaining("key 2, which is not there");
        assertThat(rotated.fingerprint(Platform.WABLAS, "https://a", "t0ken"))
                .isEqualTo(vault.fingerprint(Platform.WABLAS, "https://a", "t0ken"));
    }

    @Test
    void keys_that_are_none_are_refused_at_start() {
        assertThatThrownBy(() -> vault("0123456789abcdef0123456789abcdef", Map.of(), 2))
                .hasMessageContaining("a key that is not there: 2");
        assertThatThrownBy(() -> vault("0123456789abcdef0123456789abcdef", Map.of(1, base64("x".repeat(32))), 1))
                .hasMessageContaining("ids from 2 to 127");
        assertThatThrownBy(() -> vault("0123456789abcdef0123456789abcdef", Map.of(2, base64("short")), 1))
                .hasMessageContaining("sealing-keys.2 must be 32 bytes");
    }

    private static String base64(String key) {
        return Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static CredentialVault vault(String key) {
        return vault(key, Map.of(), 1);
    }

    private static CredentialVault vault(String key, Map<Integer, String> further, int current) {
        return new CredentialVault(new DeviceConfig() {
            @Override
            public String credentialKey() {
                return base64(key);
            }

            @Override
            public Map<Integer, String> sealingKeys() {
                return further;
            }

            @Override
            public int sealingKeyId() {
                return current;
            }

            @Override
            public String defaultRegion() {
                return "MY";
            }

            @Override
            public boolean allowInternalAddresses() {
                return false;
            }
        });
    }
}

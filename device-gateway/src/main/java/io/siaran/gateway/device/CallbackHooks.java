package io.siaran.gateway.device;

import java.util.Optional;

/** What a server is told that makes a session for one device: where it calls us back, and what it signs with. */
public interface CallbackHooks {

    /** @param secret of the signatures, for servers that sign */
    record Hook(String url, String secret) {

        /** Never with the secrets: this may be logged. */
        @Override
        public String toString() {
            return "Hook[…]";
        }
    }

    /** Empty where the installation has no address that platforms reach. */
    Optional<Hook> of(ConnectedDevice device);
}

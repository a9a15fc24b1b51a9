package io.siaran.gateway.provider;

import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.Health;
import io.siaran.model.PhoneNumber;
import java.time.Duration;
import java.util.Optional;

/** Links a phone to a device. Every call waits on the thread, and none throws for what the platform or the network does. */
public interface LinkPort {

    /** Begins, or goes on, until a person has scanned. */
    Standing begin(ConnectedDevice device);

    Standing standing(ConnectedDevice device);

    /** Whether it ever shows a code to scan; otherwise there are codes to type alone. */
    default boolean canBeScanned() {
        return true;
    }

    /** The code for a person to type on that phone; empty where it cannot be had now. */
    Optional<String> pairingCode(ConnectedDevice device, PhoneNumber phone);

    /** Logs out, so that the phone has to be linked anew; answers whether it is so. */
    boolean unlink(ConnectedDevice device);

    /**
     * How far a link is.
     *
     * @param underway whether it goes on by itself: it connects, waits for a scan, or is linked
     * @param qr what the code to scan says, while one is shown
     * @param phone the linked phone's digits, once it is known
     */
    record Standing(Health health, boolean underway, Optional<String> qr, Optional<String> phone) {

        /** Of three bytes each they fit into the largest QR code; the server that says them may be anybody's. */
        private static final int LONGEST_CODE = 900;

        public Standing {
            qr = qr.filter(code -> !code.isBlank() && code.length() <= LONGEST_CODE);
        }

        /** Nobody can say how far it is. */
        public static Standing unreachable(String why) {
            return new Standing(
                    new Health.CannotBeAsked(why, Duration.ZERO), false, Optional.empty(), Optional.empty());
        }

        /** The same, with this code to scan. */
        public Standing showing(Optional<String> code) {
            return new Standing(health, underway, code, phone);
        }

        /** Never the code: whoever has it can link the phone. */
        @Override
        public String toString() {
            return "Standing[" + health + "]";
        }
    }
}

package io.siaran.gateway.provider;

import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.model.PhoneNumber;
import java.util.Optional;

/** Asks a platform which phone is behind a LID, the name by which WhatsApp hides it. */
public interface LidLookup {

    /** Empty where it does not know or cannot be asked. Waits on the thread. */
    Optional<PhoneNumber> phoneOf(ConnectedDevice device, String lid);
}

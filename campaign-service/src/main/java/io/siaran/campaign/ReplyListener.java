package io.siaran.campaign;

import io.siaran.model.InboundMessage;
import java.util.List;

/** Hears what people wrote to devices. May hear the same again; throws to have it told again. Blocks. */
public interface ReplyListener {

    void heard(List<InboundMessage> messages);
}

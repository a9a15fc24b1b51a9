package io.siaran.gateway.antispam;

import io.siaran.model.MessageId;
import io.siaran.model.Send;
import io.siaran.model.template.Variables;
import java.util.Objects;

/**
 * A message as its author wrote it, and whom it is for.
 *
 * @param id decides every choice that is made for it
 */
public record Draft(MessageId id, String text, Variables reader) {

    public Draft {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(reader, "reader");
    }

    public static Draft of(Send send) {
        Variables reader =
                new Variables(send.recipientName(), send.recipientPhone().digits(), send.niche(), send.attributes());
        return new Draft(send.messageId(), send.message(), reader);
    }
}

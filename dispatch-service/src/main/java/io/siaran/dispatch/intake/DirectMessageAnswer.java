package io.siaran.dispatch.intake;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.siaran.dispatch.message.MessageView;
import io.siaran.rest.Violation;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A direct message as it was queued.
 *
 * @param warnings what its author should know of it, though it is sent
 */
@Schema(name = "DirectMessage")
record DirectMessageAnswer(@JsonUnwrapped MessageView message, List<Violation> warnings) {}

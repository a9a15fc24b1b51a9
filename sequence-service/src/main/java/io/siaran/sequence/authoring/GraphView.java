package io.siaran.sequence.authoring;

import io.siaran.model.WireEnum;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A sequence as a graph: its steps, the sequences that it leads into, and who is where. */
@Schema(name = "SequenceGraph")
record GraphView(
        @Schema(description = "The steps, by day, and the sequences that they lead into.")
        List<Node> nodes,

        @Schema(description = "What follows what.") List<Edge> edges,

        @Schema(description = "The same as a flowchart of Mermaid.", example = "flowchart TD")
        String mermaid,

        @Schema(description = "The same as an image of SVG.", example = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        String svg) {

    @Schema(name = "GraphNode")
    record Node(
            @Schema(
                    description = "The id of the step or the sequence.",
                    example = "01934b5e-7c11-7d3a-9f5e-2a8f1c0b9d48")
            UUID id,

            @Schema(description = "What it is.", example = "step")
            NodeKind kind,

            @Schema(
                    description = "The trigger of the step, or the one that leads into the sequence.",
                    example = "fitness_day1")
            String trigger,

            @Schema(description = "The day of the step.", example = "1", nullable = true)
            Integer dayNumber,

            @Schema(description = "Whether leads enter at it.", example = "true")
            boolean entryPoint,

            @Schema(description = "How many contacts wait for the step's time or device.", example = "120")
            long waiting,

            @Schema(
                    description = "How many contacts have the step's message in the queue, or do not know its outcome.",
                    example = "7")
            long underWay) {}

    @Schema(name = "GraphEdge")
    record Edge(
            @Schema(description = "The node that is followed.", example = "01934b5e-7c11-7d3a-9f5e-2a8f1c0b9d48")
            UUID from,

            @Schema(description = "The node that follows.", example = "01934b5e-7c11-7d3a-9f5e-2a8f1c0b9d49")
            UUID to,

            @Schema(description = "Why it follows.", example = "day")
            EdgeKind kind) {}

    enum NodeKind implements WireEnum {
        STEP,
        SEQUENCE
    }

    enum EdgeKind implements WireEnum {
        /** It is the next by day. */
        DAY,
        /** The next_trigger names it. */
        NEXT_TRIGGER,
        /** The next_trigger lets the lead into that sequence. */
        CHAIN
    }
}

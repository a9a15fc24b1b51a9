package io.siaran.sequence.authoring;

import io.siaran.model.UserId;
import io.siaran.sequence.authoring.GraphView.Edge;
import io.siaran.sequence.authoring.GraphView.EdgeKind;
import io.siaran.sequence.authoring.GraphView.Node;
import io.siaran.sequence.authoring.GraphView.NodeKind;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A sequence as a graph, with the contacts at each step and the sequences that it leads into. */
@ApplicationScoped
class DrawSequences {

    private final Sequences sequences;

    DrawSequences(Sequences sequences) {
        this.sequences = sequences;
    }

    Uni<GraphView> draw(Sequence sequence) {
        SequenceDocument document = sequence.document();
        return sequences
                .crowds(sequence)
                .flatMap(crowds -> sequences
                        .entryPoints(new UserId(sequence.userId), SequenceRules.leadsTo(document))
                        .map(entries -> view(document, crowds, elsewhere(sequence, entries))));
    }

    private static List<EntryPoint> elsewhere(Sequence sequence, List<EntryPoint> entries) {
        return entries.stream().filter(entry -> entry.isElsewhereThan(sequence)).toList();
    }

    private static GraphView view(SequenceDocument document, List<Edit.Crowd> crowds, List<EntryPoint> entries) {
        List<StepDocument> steps = new ArrayList<>(document.steps());
        steps.sort(Comparator.comparing(StepDocument::dayNumber));
        List<Node> nodes = new ArrayList<>();
        steps.forEach(step -> nodes.add(node(step, crowds)));
        Set<UUID> drawn = new HashSet<>();
        entries.stream()
                .filter(entry -> drawn.add(entry.sequence()))
                .map(DrawSequences::node)
                .forEach(nodes::add);
        List<Edge> edges = new ArrayList<>();
        StepGraph<StepDocument> graph = new StepGraph<>(document.steps());
        for (StepDocument step : steps) {
            graph.pathFrom(step).stream()
                    .skip(1)
                    .findFirst()
                    .ifPresentOrElse(next -> edges.add(edge(step, next)), () -> edges.addAll(chains(step, entries)));
        }
        SequenceDrawing drawing = new SequenceDrawing(nodes, edges);
        return new GraphView(nodes, edges, drawing.mermaid(), drawing.svg());
    }

    private static Node node(StepDocument step, List<Edit.Crowd> crowds) {
        return new Node(
                step.id().value(),
                NodeKind.STEP,
                step.trigger(),
                step.dayNumber(),
                step.isEntryPoint(),
                count(crowds, step, false),
                count(crowds, step, true));
    }

    /** One node a sequence, by the first trigger that leads into it. */
    private static Node node(EntryPoint entry) {
        return new Node(entry.sequence(), NodeKind.SEQUENCE, entry.trigger(), null, false, 0, 0);
    }

    private static Edge edge(StepDocument step, StepDocument next) {
        EdgeKind kind = step.nextTrigger() == null ? EdgeKind.DAY : EdgeKind.NEXT_TRIGGER;
        return new Edge(step.id().value(), next.id().value(), kind);
    }

    private static List<Edge> chains(StepDocument step, List<EntryPoint> entries) {
        return entries.stream()
                .filter(entry -> entry.trigger().equals(step.nextTrigger()))
                .map(EntryPoint::sequence)
                .distinct()
                .map(other -> new Edge(step.id().value(), other, EdgeKind.CHAIN))
                .toList();
    }

    private static long count(List<Edit.Crowd> crowds, StepDocument step, boolean out) {
        return crowds.stream()
                .filter(crowd -> crowd.step().equals(step.id()) && crowd.out() == out)
                .mapToLong(Edit.Crowd::contacts)
                .sum();
    }
}

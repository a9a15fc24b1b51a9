package io.siaran.sequence.authoring;

import io.siaran.model.UserId;
import io.siaran.rest.Warning;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Answers sequences with their warnings. */
@ApplicationScoped
class SequenceViews {

    private final Sequences sequences;

    SequenceViews(Sequences sequences) {
        this.sequences = sequences;
    }

    /** One sequence, with every warning. */
    Uni<SequenceView> of(Sequence sequence) {
        return warnings(sequence)
                .flatMap(warnings -> sequences
                        .hasAudience(sequence)
                        .map(audience -> audience ? warnings : with(warnings, SequenceWarnings.emptyAudience())))
                .map(warnings -> SequenceView.of(sequence, warnings));
    }

    /** The sequence as the edit would leave it, and whom that would touch. */
    Uni<SequenceView> ofTried(Edit edit) {
        return of(edit.sequence())
                .flatMap(view -> sequences
                        .crowds(edit.sequence())
                        .map(crowds -> view.tried(edit.effectOn(crowds), edit.versionBefore())));
    }

    /** Sequences of one user, without the warning of an empty audience: that looks at leads, once a sequence. */
    Uni<List<SequenceView>> of(UserId user, List<Sequence> listed) {
        Set<String> triggers = new TreeSet<>();
        listed.forEach(sequence -> triggers.addAll(SequenceWarnings.entryTriggers(sequence.document())));
        return sequences
                .entryPoints(user, triggers)
                .map(entries -> listed.stream()
                        .map(sequence -> SequenceView.of(
                                sequence, SequenceWarnings.of(sequence.document(), openElsewhere(sequence, entries))))
                        .toList());
    }

    /** The answer to who made it. */
    static Response created(SequenceView view) {
        return Response.created(URI.create("/api/v1/sequences/" + view.id()))
                .entity(view)
                .build();
    }

    private Uni<List<Warning>> warnings(Sequence sequence) {
        SequenceDocument document = sequence.document();
        return sequences
                .entryPoints(new UserId(sequence.userId), SequenceWarnings.entryTriggers(document))
                .map(entries -> SequenceWarnings.of(document, openElsewhere(sequence, entries)));
    }

    private static Set<String> openElsewhere(Sequence sequence, List<EntryPoint> entries) {
        return entries.stream()
                .filter(entry -> entry.open() && entry.isElsewhereThan(sequence))
                .map(EntryPoint::trigger)
                .collect(Collectors.toSet());
    }

    private static List<Warning> with(List<Warning> warnings, Warning another) {
        List<Warning> all = new ArrayList<>(warnings);
        all.add(another);
        return all;
    }
}

package io.siaran.dispatch;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom; the same as in docs/architecture.md. */
@AnalyzeClasses(packages = "io.siaran.dispatch", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packages_know_only_those_below = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("message")
            .definedBy("io.siaran.dispatch.message..")
            .layer("queue")
            .definedBy("io.siaran.dispatch.queue..")
            .layer("intake")
            .definedBy("io.siaran.dispatch.intake..")
            .layer("release")
            .definedBy("io.siaran.dispatch.release..")
            .layer("outcome")
            .definedBy("io.siaran.dispatch.outcome..")
            .layer("fleet")
            .definedBy("io.siaran.dispatch.fleet..")
            .layer("control")
            .definedBy("io.siaran.dispatch.control..")
            .layer("analytics")
            .definedBy("io.siaran.dispatch.analytics..")
            .layer("retention")
            .definedBy("io.siaran.dispatch.retention..")
            .layer("audit")
            .definedBy("io.siaran.dispatch.audit..")
            .layer("people")
            .definedBy("io.siaran.dispatch.people..")
            .layer("event")
            .definedBy("io.siaran.dispatch.event..")
            .layer("webhook")
            .definedBy("io.siaran.dispatch.webhook..")
            .layer("setaside")
            .definedBy("io.siaran.dispatch.setaside..")
            .whereLayer("setaside")
            .mayOnlyBeAccessedByLayers("queue", "release", "control", "analytics")
            .whereLayer("audit")
            .mayOnlyBeAccessedByLayers("control", "fleet", "webhook", "event")
            .whereLayer("people")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("event")
            .mayOnlyBeAccessedByLayers("webhook")
            .whereLayer("webhook")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("message")
            .mayOnlyBeAccessedByLayers(
                    "queue", "intake", "release", "fleet", "outcome", "control", "analytics", "people")
            .whereLayer("queue")
            .mayOnlyBeAccessedByLayers("intake", "release", "fleet", "outcome", "control", "event")
            .whereLayer("intake")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("release")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("outcome")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("fleet")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("control")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("retention")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("analytics")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule no_other_service_is_known = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.siaran.campaign..", "io.siaran.sequence..", "io.siaran.gateway..");

    @ArchTest
    static final ArchRule decisions_are_pure = classes()
            .that(simpleName("QueuedMessage")
                    .or(simpleName("MessageChange"))
                    .or(simpleName("Evidence"))
                    .or(simpleName("Decision"))
                    .or(simpleName("Waiting"))
                    .or(simpleName("Pace"))
                    .or(simpleName("Verdict"))
                    .or(simpleName("RetryPolicy")))
            .should()
            .onlyDependOnClassesThat(not(resideInAPackage("io.quarkus.."))
                    .and(not(resideInAPackage("io.vertx..")))
                    .and(not(resideInAPackage("io.smallrye..")))
                    .and(not(resideInAPackage("jakarta.."))));
}

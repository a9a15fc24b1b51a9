package io.siaran.sequence;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom (docs/architecture.md). */
@AnalyzeClasses(packages = "io.siaran", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule directions = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.siaran.sequence..")
            .layer("timeline")
            .definedBy("io.siaran.sequence.timeline..")
            .layer("batch")
            .definedBy("io.siaran.sequence.batch..")
            .layer("authoring")
            .definedBy("io.siaran.sequence.authoring..")
            .layer("lead")
            .definedBy("io.siaran.sequence.lead..")
            .layer("enrolment")
            .definedBy("io.siaran.sequence.enrolment..")
            .layer("firing")
            .definedBy("io.siaran.sequence.firing..")
            .layer("progress")
            .definedBy("io.siaran.sequence.progress..")
            .layer("simulation")
            .definedBy("io.siaran.sequence.simulation..")
            .whereLayer("timeline")
            .mayOnlyBeAccessedByLayers("authoring", "enrolment", "progress", "simulation")
            .whereLayer("batch")
            .mayOnlyBeAccessedByLayers("lead", "enrolment", "firing", "progress")
            .whereLayer("authoring")
            .mayOnlyBeAccessedByLayers("enrolment", "firing", "progress", "simulation")
            .whereLayer("lead")
            .mayOnlyBeAccessedByLayers("enrolment", "firing")
            .whereLayer("enrolment")
            .mayOnlyBeAccessedByLayers("firing", "progress")
            .whereLayer("firing")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("progress")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("simulation")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule the_timeline_is_pure = classes()
            .that()
            .resideInAPackage("io.siaran.sequence.timeline..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.siaran.sequence.timeline..");

    @ArchTest
    static final ArchRule other_services_are_strangers = noClasses()
            .that()
            .resideInAPackage("io.siaran.sequence..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.siaran.campaign..", "io.siaran.dispatch..", "io.siaran.gateway..");

    @ArchTest
    static final ArchRule edges_are_imported_by_no_one =
            noClasses().should().dependOnClassesThat().haveNameMatching("io\\.siaran\\..*Resource");
}

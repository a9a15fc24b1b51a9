/**
 * Sequences and their steps as operators author them: life cycle, validation, the graph of steps, the plan that is announced.
 * Called by the CRM over REST; enrolment, firing and progress read what stands here.
 * Always holds: a sequence that is active has an entry point, and no step leads back to one before it.
 */
package io.siaran.sequence.authoring;

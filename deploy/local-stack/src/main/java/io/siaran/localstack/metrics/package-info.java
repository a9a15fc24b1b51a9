/**
 * What a service tells Prometheus, against what alert rules, panels and pages ask of it, and against how much it may be.
 * Called by the component tests of the services and by those of the chart; knows none of them.
 * Always holds: a series of ours that comes into being with its first event fails the test class in which it did.
 */
package io.siaran.localstack.metrics;

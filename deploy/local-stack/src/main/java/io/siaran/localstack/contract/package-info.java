/**
 * The OpenAPI document of a service against what it answers: a filter of REST Assured, and a list of what is left out.
 * Called by the component tests of the services; knows none of them.
 * Always holds: an answer that is not documented fails the test that got it.
 */
package io.siaran.localstack.contract;

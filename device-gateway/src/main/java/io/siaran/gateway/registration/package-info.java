/**
 * What a tenant decides about its devices, and the state that follows from what platforms say of them.
 * Called by the CRM over REST, by checks and turns through {@code DeviceChecks}.
 * Every change that others see is announced in the transaction that makes it.
 */
package io.siaran.gateway.registration;

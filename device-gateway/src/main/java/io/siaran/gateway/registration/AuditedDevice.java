package io.siaran.gateway.registration;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * What of a device people decide, as the audit shows it; the credential is not among it.
 *
 * @param condition whether it may send: what a person, or its platform, said last
 * @param callbackGeneration rises with each new address of its callbacks
 * @param otherCredential true where the change gave it a credential
 */
record AuditedDevice(
        @JsonUnwrapped DeviceBody settings, String condition, int callbackGeneration, boolean otherCredential) {

    static AuditedDevice of(Device device) {
        return of(device, false);
    }

    static AuditedDevice of(Device device, boolean otherCredential) {
        return new AuditedDevice(
                DeviceBody.of(device), device.state().condition().wire(), device.callbackGeneration, otherCredential);
    }
}

/**
 * The device gateway: sends through every device, one message at a time, at the device's own pace.
 * Each package below is a feature; start reading at {@link io.siaran.gateway.lane}.
 * Nothing is sent without a journal row that was committed before.
 */
package io.siaran.gateway;

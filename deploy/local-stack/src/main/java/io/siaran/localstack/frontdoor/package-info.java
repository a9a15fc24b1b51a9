/**
 * The one address of the REST API on this machine: judges a request by its head and its size, passes it on to the service
 * that answers for its path, and merges the services' documents into one. An ingress does this in Kubernetes.
 * Called by the launcher, which says which service answers for which path.
 * Always holds: a service sees only whole requests with a plain path, and a caller who goes away costs nothing further.
 */
package io.siaran.localstack.frontdoor;

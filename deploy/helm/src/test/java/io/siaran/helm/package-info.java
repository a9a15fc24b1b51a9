/**
 * What an installation gets, checked without a cluster: the chart with every value, strictly; the dashboards; the alerts. Called
 * by the build. Nothing here starts an engine, and nothing is fetched.
 */
package io.siaran.helm;

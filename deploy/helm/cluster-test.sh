#!/usr/bin/env bash
# ./siaran test --cluster: the chart on a real cluster, whichever KUBECONFIG names, in a namespace of its own: install, ask every
# service, kill a pod of each, upgrade, roll back, ask again. Images have to be where the cluster finds them (VALUES).
set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
CHART="$ROOT/deploy/helm/siaran"
NAMESPACE="${NAMESPACE:-siaran-test}"
RELEASE=siaran
# A file of values: where PostgreSQL, Kafka, the tokens' keys and the images are.
VALUES="${VALUES:?set VALUES to a file with the values of this cluster: postgresql, kafka, auth, image}"

for tool in helm kubectl; do
  command -v "$tool" >/dev/null || { echo "There is no $tool on the PATH." >&2; exit 1; }
done
kubectl version >/dev/null 2>&1 || { echo "KUBECONFIG (${KUBECONFIG:-~/.kube/config}) names no cluster that answers." >&2; exit 1; }

in_namespace() { kubectl -n "$NAMESPACE" "$@"; }
settled() {
  local each
  for each in $(in_namespace get deployment,statefulset -l "app.kubernetes.io/instance=$RELEASE" -o name); do
    in_namespace rollout status "$each" --timeout=5m
  done
}
asked() { helm -n "$NAMESPACE" test "$RELEASE" --timeout 3m; }

kubectl create namespace "$NAMESPACE" --dry-run=client -o yaml | kubectl apply -f -
in_namespace get secret siaran-person >/dev/null 2>&1 ||
  in_namespace create secret generic siaran-person --from-literal=person-key="$(head -c 32 /dev/urandom | base64)"
in_namespace get secret siaran-dispatch >/dev/null 2>&1 ||
  in_namespace create secret generic siaran-dispatch --from-literal=webhook-key="$(head -c 32 /dev/urandom | base64)"
in_namespace get secret siaran-gateway >/dev/null 2>&1 ||
  in_namespace create secret generic siaran-gateway --from-literal=credential-key="$(head -c 32 /dev/urandom | base64)"

echo "== install"
helm upgrade --install "$RELEASE" "$CHART" -n "$NAMESPACE" -f "$VALUES" --wait --timeout 10m
settled
asked

echo "== a pod of each is killed"
for component in campaign sequence dispatch gateway; do
  in_namespace delete pod --grace-period=0 --force --wait=false \
    "$(in_namespace get pod -l "app.kubernetes.io/instance=$RELEASE,app.kubernetes.io/component=$component" -o name | head -n 1)"
done
settled
asked

echo "== upgrade, and back"
helm upgrade "$RELEASE" "$CHART" -n "$NAMESPACE" -f "$VALUES" --set logging.level=DEBUG --wait --timeout 10m
settled
asked
helm rollback "$RELEASE" 1 -n "$NAMESPACE" --wait --timeout 10m
settled
asked
echo "good"

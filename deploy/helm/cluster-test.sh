#!/usr/bin/env bash
# ./siaran test --cluster: the chart on a real cluster, whichever KUBECONFIG names, in a namespace of its own: install, ask every
# service, send a first message through the ingress, kill a pod of each, upgrade, roll back, ask and send again each time. Images have
# to be where the cluster finds them (VALUES).
set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
CHART="$ROOT/deploy/helm/siaran"
NAMESPACE="${NAMESPACE:-siaran-test}"
RELEASE=siaran
# A file of values: where PostgreSQL, Kafka, the tokens' keys and the images are.
VALUES="${VALUES:?set VALUES to a file with the values of this cluster: postgresql, kafka, auth, image, networkPolicies}"
# What a first message needs: where the ingress answers, who sends, by which device, to whom.
API="${API:?set API to the address of the ingress, such as https://siaran.example.com}"
TOKEN="${TOKEN:?set TOKEN to a token with the role operator}"
DEVICE="${DEVICE:?set DEVICE to the body of POST /api/v1/devices, of a device that may be used: name, platform, base_url, credential}"
PHONE="${PHONE:?set PHONE to a number that may be written to}"
# For curl: --resolve or --cacert, where the host is not known or its certificate is your own.
read -r -a CURL_OPTIONS <<<"${CURL_OPTIONS:-}"
# How long a message may take to be sent, in looks of two seconds.
LOOKS="${LOOKS:-90}"

for tool in helm kubectl curl; do
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
called() { # method, path, body
  curl -sS --fail-with-body --max-time 30 ${CURL_OPTIONS[@]+"${CURL_OPTIONS[@]}"} -X "$1" "$API/api/v1/$2" \
    -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' ${3:+-d "$3"}
}
# The first field of that name; the answers are our own.
field() { grep -oE "\"$1\" *: *\"[^\"]+\"" | head -n 1 | cut -d'"' -f4; }

DEVICE_ID=
no_device() { [ -z "$DEVICE_ID" ] || called DELETE "devices/$DEVICE_ID" >/dev/null || echo "Device $DEVICE_ID is left." >&2; }
trap no_device EXIT

sent() {
  local message status='' look
  message="$(called POST messages "{\"device_id\": \"$DEVICE_ID\", \"recipient_phone\": \"$PHONE\", \"message\": \"$1\"}" | field id)"
  for ((look = 0; look < LOOKS; look++)); do
    status="$(called GET "messages/$message" | field status)"
    case "$status" in
      sent | delivered | read) echo "sent: $1"; return ;;
      failed | unknown | cancelled) break ;;
    esac
    sleep 2
  done
  echo "Message $message ($1) is '$status' and was to be sent." >&2
  return 1
}

kubectl create namespace "$NAMESPACE" --dry-run=client -o yaml | kubectl apply -f -
in_namespace get secret siaran-person >/dev/null 2>&1 ||
  in_namespace create secret generic siaran-person --from-literal=person-key="$(head -c 32 /dev/urandom | base64)"
in_namespace get secret siaran-dispatch >/dev/null 2>&1 ||
  in_namespace create secret generic siaran-dispatch --from-literal=webhook-key="$(head -c 32 /dev/urandom | base64)"
in_namespace get secret siaran-gateway >/dev/null 2>&1 ||
  in_namespace create secret generic siaran-gateway --from-literal=credential-key="$(head -c 32 /dev/urandom | base64)"

echo "== install"
helm upgrade --install "$RELEASE" "$CHART" -n "$NAMESPACE" -f "$VALUES" --wait --timeout 10m
# What is to be rolled back to: a namespace that was there already has a history.
INSTALLED="$(helm -n "$NAMESPACE" history "$RELEASE" --max 1 -o json | grep -oE '"revision" *: *[0-9]+' | grep -oE '[0-9]+')"
settled
asked

echo "== a first message, through the ingress"
DEVICE_ID="$(called POST devices "$DEVICE" | field id)"
sent "installed"

echo "== a pod of each is killed"
for component in campaign sequence dispatch gateway bridge; do
  pod="$(in_namespace get pod -l "app.kubernetes.io/instance=$RELEASE,app.kubernetes.io/component=$component" -o name | head -n 1)"
  if [ -z "$pod" ] && [ "$component" = bridge ]; then
    echo "There is no bridge."
    continue
  fi
  in_namespace delete --grace-period=0 --force --wait=false "${pod:?there is no pod of $component}"
done
settled
asked
sent "after pods were killed"

echo "== upgrade, and back"
helm upgrade "$RELEASE" "$CHART" -n "$NAMESPACE" -f "$VALUES" --set logging.level=DEBUG --wait --timeout 10m
settled
asked
sent "upgraded"
helm rollback "$RELEASE" "$INSTALLED" -n "$NAMESPACE" --wait --timeout 10m
settled
asked
sent "rolled back"
echo "good"

{{/* The name that every object begins with. */}}
{{- define "siaran.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{ .Values.fullnameOverride | trunc 40 | trimSuffix "-" }}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{ .Release.Name | trunc 40 | trimSuffix "-" }}
{{- else -}}
{{ printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" }}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "siaran.selector" -}}
app.kubernetes.io/name: siaran
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "siaran.labels" -}}
{{ include "siaran.selector" . }}
app.kubernetes.io/part-of: siaran
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* What the profile says of a component, with what the values say over it. */}}
{{- define "siaran.size" -}}
{{- $profile := .root.Files.Get (printf "profiles/%s.yaml" .root.Values.profile) | fromYaml -}}
{{- $size := deepCopy (get $profile .component) -}}
{{- $own := ternary .root.Values.bridge (get .root.Values.services .component) (eq .component "bridge") -}}
{{- range $key := list "replicas" "cpu" "memory" "heap" -}}
{{- if hasKey $own $key -}}
{{- if not (kindIs "invalid" (get $own $key)) -}}
{{- $_ := set $size $key (get $own $key) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{ toYaml $size }}
{{- end -}}

{{- define "siaran.partitions" -}}
{{- $profile := .Files.Get (printf "profiles/%s.yaml" .Values.profile) | fromYaml -}}
{{- default $profile.partitions .Values.kafka.topics.partitions | int -}}
{{- end -}}

{{- define "siaran.strimziApi" -}}
{{- ternary "kafka.strimzi.io/v1" "kafka.strimzi.io/v1beta2" (.Capabilities.APIVersions.Has "kafka.strimzi.io/v1") -}}
{{- end -}}

{{/*
How many brokers there are, or are thought to be. Those of Strimzi that run stay where no number is said: what they have is on them.
helm template cannot ask.
*/}}
{{- define "siaran.brokers" -}}
{{- $profile := .Files.Get (printf "profiles/%s.yaml" .Values.profile) | fromYaml -}}
{{- $brokers := $profile.brokers | int -}}
{{- if eq .Values.kafka.mode "strimzi" -}}
{{- if .Release.IsUpgrade -}}
{{- with lookup (include "siaran.strimziApi" .) "KafkaNodePool" .Release.Namespace (printf "%s-brokers" (include "siaran.fullname" .)) -}}
{{- $brokers = max $brokers (.spec.replicas | int) -}}
{{- end -}}
{{- end -}}
{{- $brokers = default $brokers .Values.kafka.strimzi.replicas -}}
{{- end -}}
{{- $brokers | int -}}
{{- end -}}

{{- define "siaran.replication" -}}
{{- default (min 3 (include "siaran.brokers" . | int)) .Values.kafka.topics.replication | int -}}
{{- end -}}

{{/* Of so many replicas: one of several may be away; of one, none. */}}
{{- define "siaran.insync" -}}
{{- max 1 (min 2 (sub . 1)) -}}
{{- end -}}

{{- define "siaran.minInsync" -}}
{{- default (include "siaran.insync" (include "siaran.replication" . | int)) .Values.kafka.topics.minInsync | int -}}
{{- end -}}

{{- define "siaran.module" -}}
{{- get (dict "campaign" "campaign-service" "sequence" "sequence-service" "dispatch" "dispatch-service" "gateway" "device-gateway" "bridge" "whatsapp-bridge") . -}}
{{- end -}}

{{- define "siaran.image" -}}
{{- $image := .root.Values.image -}}
{{- $name := printf "%s/%s" $image.repository (include "siaran.module" .component) -}}
{{- if $image.registry }}{{ $name = printf "%s/%s" $image.registry $name }}{{ end -}}
{{- $digest := get $image.digests .component -}}
{{- if $digest -}}
{{ printf "%s@%s" $name $digest }}
{{- else -}}
{{ printf "%s:%s" $name (default .root.Chart.AppVersion $image.tag) }}
{{- end -}}
{{- end -}}

{{- define "siaran.ports" -}}
{{- get (dict "campaign" 8081 "sequence" 8082 "dispatch" 8083 "gateway" 8084 "bridge" 8090) . -}}
{{- end -}}

{{- define "siaran.postgresql.host" -}}
{{- if eq .Values.postgresql.mode "inChart" -}}
{{ include "siaran.fullname" . }}-postgresql
{{- else -}}
{{ required "postgresql.host: where is PostgreSQL? (or postgresql.mode: inChart, for trying out)" .Values.postgresql.host }}
{{- end -}}
{{- end -}}

{{- define "siaran.gateway.jdbc" -}}
{{- $postgresql := .Values.postgresql -}}
jdbc:postgresql://{{ include "siaran.postgresql.host" . }}:{{ $postgresql.port }}/{{ $postgresql.databases.gateway }}?sslmode={{ $postgresql.sslMode }}
{{- with $postgresql.caSecret.name }}&sslrootcert=/etc/siaran/postgresql-ca/{{ $postgresql.caSecret.key }}{{ end }}
{{- end -}}

{{- define "siaran.postgresql.secret" -}}
{{- $own := (get .root.Values.services .component).postgresql.secret -}}
{{- toYaml (mergeOverwrite (deepCopy .root.Values.postgresql.secret) $own) -}}
{{- end -}}

{{/* The most pods that there are of a component by its own or by whoever scales it. */}}
{{- define "siaran.mostReplicas" -}}
{{- $size := include "siaran.size" . | fromYaml -}}
{{- $scaling := dict "type" "none" -}}
{{- if ne .component "bridge" }}{{ $scaling = (get .root.Values.services .component).autoscaling }}{{ end -}}
{{- if eq $scaling.type "none" }}{{ $size.replicas }}{{ else }}{{ $scaling.max }}{{ end -}}
{{- end -}}

{{/*
Connections that PostgreSQL has to allow (max_connections): the pools of every pod (callers' reads and Flyway's two included), of one
pod more of each Deployment while it rolls, and 20 for people, backups and the server's own.
*/}}
{{- define "siaran.connections" -}}
{{- $all := 20 -}}
{{- range $component, $pool := dict "campaign" 20 "sequence" 20 "dispatch" 24 "gateway" 18 -}}
{{- $pods := include "siaran.mostReplicas" (dict "root" $ "component" $component) | int -}}
{{- $all = add $all (mul $pool (ternary $pods (add 1 $pods) (eq $component "gateway"))) -}}
{{- end -}}
{{- if .Values.bridge.enabled -}}
{{- $all = add $all (mul .Values.bridge.databaseConnections (include "siaran.mostReplicas" (dict "root" . "component" "bridge") | int)) -}}
{{- end -}}
{{ $all }}
{{- end -}}

{{- define "siaran.kafka.servers" -}}
{{- if eq .Values.kafka.mode "strimzi" -}}
{{ include "siaran.fullname" . }}-kafka-bootstrap:9092
{{- else -}}
{{ required "kafka.bootstrapServers: where is Kafka? (or kafka.mode: strimzi)" .Values.kafka.bootstrapServers }}
{{- end -}}
{{- end -}}

{{- define "siaran.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile: {type: RuntimeDefault}
{{- if and .Values.tcpKeepalive (semverCompare ">=1.29.0-0" .Capabilities.KubeVersion.Version) }}
sysctls:
  - {name: net.ipv4.tcp_keepalive_time, value: '10'}
  - {name: net.ipv4.tcp_keepalive_intvl, value: '5'}
  - {name: net.ipv4.tcp_keepalive_probes, value: '3'}
{{- end }}
{{- end -}}

{{- define "siaran.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities: {drop: [ALL]}
{{- end -}}

{{- define "siaran.topologySpread" -}}
{{- if .root.Values.topologySpread.enabled }}
topologySpreadConstraints:
  {{- range .root.Values.topologySpread.keys }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels: {{- include "siaran.selector" $ | nindent 8 }}
    {{- if eq $.kind "Deployment" }}
    matchLabelKeys: [pod-template-hash]
    {{- end }}
  {{- end }}
{{- end }}
{{- end -}}

{{- define "siaran.priorityClass" -}}
{{- $classes := .root.Values.priorityClasses -}}
{{- $which := ternary "gateway" "others" (eq .component "gateway") -}}
{{- if $classes.create -}}
{{ include "siaran.fullname" .root }}-{{ ternary "gateway" "services" (eq .component "gateway") }}
{{- else -}}
{{ get $classes $which }}
{{- end -}}
{{- end -}}

{{/* "true" where objects of that kind are wanted: on, or auto and the cluster knows it. */}}
{{- define "siaran.wants" -}}
{{- if or (eq .when "on") (and (eq .when "auto") (.root.Capabilities.APIVersions.Has .api)) -}}true{{- end -}}
{{- end -}}

{{/*
What a container is told: the chart's own variables, each replaced by the one of that name that the values have, then the others of the
values. Each stands there once, as Helm 4 (server-side apply) wants it, and in its place, since one may refer to those before it.
*/}}
{{- define "siaran.variables" -}}
{{- $theirs := dict -}}
{{- range .theirs }}{{ $_ := set $theirs .name . }}{{ end -}}
{{- $all := list -}}
{{- range concat (fromYamlArray .ours) .theirs -}}
{{- $all = append $all (default . (get $theirs .name)) -}}
{{- end -}}
{{ toYaml (uniq $all) }}
{{- end -}}

{{- define "siaran.env" -}}
{{ include "siaran.variables" (dict "ours" (include "siaran.ownEnv" .) "theirs" (get .root.Values.services .component).env) }}
{{- end -}}

{{- define "siaran.ownEnv" -}}
{{- if .migrates }}
- {name: QUARKUS_INIT_AND_EXIT, value: 'true'}
- {name: QUARKUS_FLYWAY_MIGRATE_AT_START, value: 'true'}
{{- end }}
{{- $secret := include "siaran.postgresql.secret" . | fromYaml }}
- name: SIARAN_POSTGRES_USER
  valueFrom: {secretKeyRef: {name: {{ $secret.name }}, key: {{ $secret.usernameKey }}}}
- name: SIARAN_POSTGRES_PASSWORD
  valueFrom: {secretKeyRef: {name: {{ $secret.name }}, key: {{ $secret.passwordKey }}}}
{{ include "siaran.kafkaEnv" .root }}
{{- if eq .component "gateway" }}
# For the operators' command that seals credentials anew, which reads no file.
- {name: QUARKUS_DATASOURCE_JDBC_URL, value: {{ include "siaran.gateway.jdbc" .root | quote }}}
- name: SIARAN_GATEWAY_CREDENTIAL_KEY
  valueFrom: {secretKeyRef: {name: {{ .root.Values.credentialKeySecret.name }}, key: {{ .root.Values.credentialKeySecret.key }}}}
{{- if .root.Values.bridge.enabled }}
# Any process of the bridge says which of them has a session.
- {name: SIARAN_GATEWAY_BRIDGE_URL, value: 'http://{{ include "siaran.fullname" .root }}-bridge.{{ .root.Release.Namespace }}.svc:{{ include "siaran.ports" "bridge" }}'}
- name: SIARAN_GATEWAY_BRIDGE_TOKEN
  valueFrom: {secretKeyRef: {name: {{ .root.Values.bridge.secret.name }}, key: token}}
{{- end }}
{{- end }}
{{- if has .component (list "campaign" "dispatch") }}
# Without it everything works but the erasure of people.
- name: SIARAN_PERSON_KEY
  valueFrom: {secretKeyRef: {name: {{ .root.Values.personKeySecret.name }}, key: {{ .root.Values.personKeySecret.key }}, optional: true}}
{{- end }}
{{- if eq .component "dispatch" }}
# Without it everything works but webhooks, which cannot be made then.
- name: SIARAN_WEBHOOKS_SECRET_KEY
  valueFrom: {secretKeyRef: {name: {{ .root.Values.webhookKeySecret.name }}, key: {{ .root.Values.webhookKeySecret.key }}, optional: true}}
{{- end }}
- name: POD_NAME
  valueFrom: {fieldRef: {fieldPath: metadata.name}}
{{- end -}}

{{/* How a client of Kafka that is no service connects: the job of the topics, and the commands for operators. */}}
{{- define "siaran.kafkaEnv" -}}
{{- if and (eq .Values.kafka.mode "strimzi") (ne .Values.kafka.securityProtocol "PLAINTEXT") -}}
{{- fail "kafka.securityProtocol: the Kafka of this chart (kafka.mode: strimzi) has neither a login nor a certificate" -}}
{{- end -}}
- {name: SIARAN_KAFKA, value: {{ include "siaran.kafka.servers" . | quote }}}
- {name: KAFKA_SECURITY_PROTOCOL, value: {{ .Values.kafka.securityProtocol }}}
{{- if hasPrefix "SASL" .Values.kafka.securityProtocol }}
- {name: KAFKA_SASL_MECHANISM, value: {{ required "kafka.saslMechanism: SASL needs one" .Values.kafka.saslMechanism }}}
- name: KAFKA_SASL_JAAS_CONFIG
  valueFrom: {secretKeyRef: {name: {{ required "kafka.jaasSecret.name: SASL needs sasl.jaas.config" .Values.kafka.jaasSecret.name }}, key: {{ .Values.kafka.jaasSecret.key }}}}
{{- end }}
{{- if .Values.kafka.caSecret.name }}
{{- range $name := list "ssl.truststore.type" "ssl.truststore.location" }}
{{- if hasKey $.Values.kafka.settings $name }}
{{- fail (printf "kafka.settings.%s: kafka.caSecret.name says whom the clients believe" $name) }}
{{- end }}
{{- end }}
- {name: KAFKA_SSL_TRUSTSTORE_TYPE, value: PEM}
- {name: KAFKA_SSL_TRUSTSTORE_LOCATION, value: /etc/siaran/kafka-ca/{{ .Values.kafka.caSecret.key }}}
{{- end }}
{{- range $name, $value := .Values.kafka.settings }}
- {name: {{ printf "KAFKA_%s" ($name | upper | replace "." "_") }}, value: {{ include "siaran.written" $value | quote }}}
{{- end }}
{{- end -}}

{{- define "siaran.kafkaVolumes" -}}
{{- if .Values.kafka.caSecret.name }}
- name: kafka-ca
  secret: {secretName: {{ .Values.kafka.caSecret.name }}}
{{- end }}
{{- end -}}

{{- define "siaran.kafkaMounts" -}}
{{- if .Values.kafka.caSecret.name }}
- {name: kafka-ca, mountPath: /etc/siaran/kafka-ca, readOnly: true}
{{- end }}
{{- end -}}

{{- define "siaran.volumes" -}}
- name: config
  configMap: {name: {{ include "siaran.fullname" .root }}-{{ .component }}}
- name: tmp
  emptyDir: {sizeLimit: 256Mi}
{{- include "siaran.kafkaVolumes" .root }}
{{- if .root.Values.auth.publicKeySecret.name }}
- name: token-key
  secret: {secretName: {{ .root.Values.auth.publicKeySecret.name }}}
{{- end }}
{{- if .root.Values.postgresql.caSecret.name }}
- name: postgresql-ca
  secret: {secretName: {{ .root.Values.postgresql.caSecret.name }}}
{{- end }}
{{- end -}}

{{- define "siaran.mounts" -}}
- {name: config, mountPath: /etc/siaran/config, readOnly: true}
- {name: tmp, mountPath: /tmp}
{{- include "siaran.kafkaMounts" .root }}
{{- if .root.Values.auth.publicKeySecret.name }}
- {name: token-key, mountPath: /etc/siaran/token-key, readOnly: true}
{{- end }}
{{- if .root.Values.postgresql.caSecret.name }}
- {name: postgresql-ca, mountPath: /etc/siaran/postgresql-ca, readOnly: true}
{{- end }}
{{- end -}}

{{/*
Seconds before a pod is killed, one wait after the other: the endpoint's way out, the requests under way, what the service itself waits
for (calls of platforms in the gateway; deliveries, numbering and release in dispatch), the relay's last records and the clients of Kafka.
*/}}
{{- define "siaran.graceSeconds" -}}
{{- $own := get .root.Values.services .component -}}
{{- $itself := get (dict "campaign" 0 "sequence" 0 "dispatch" 35 "gateway" (default 0 $own.callsSeconds)) .component -}}
{{- add 5 $own.shutdownSeconds $itself 25 -}}
{{- end -}}

{{/*
How many pods of what is scaled run now. A number that Helm said once and says no more becomes 1, and all pods but one would end when
scaling is switched on. So it is said as it is; from 0, where no autoscaler begins, as the least that is wanted, unless there is an autoscaler
already: then somebody has stopped them. Where the cluster merges (server-side apply, Helm 4), it is said only while it is Helm's: once the autoscaler has changed it, saying another one is a
conflict, as in a rollback. What is installed anew, or rendered without a cluster (helm template), has none.
*/}}
{{- define "siaran.liveReplicas" -}}
{{- if .root.Release.IsUpgrade -}}
{{- with lookup "apps/v1" .kind .root.Release.Namespace .name -}}
{{- $ours := true -}}
{{- range .metadata.managedFields -}}
{{- $fields := dig "fieldsV1" "f:spec" dict . -}}
{{- if and (eq .operation "Apply") (hasKey $fields "f:template") }}{{ $ours = hasKey $fields "f:replicas" }}{{ end -}}
{{- end -}}
{{- if $ours -}}
{{- $replicas := .spec.replicas | int -}}
{{- if not (or $replicas (lookup $.autoscaler.api $.autoscaler.kind $.root.Release.Namespace $.name)) }}{{ $replicas = $.min }}{{ end -}}
{{- $replicas | int -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The pod of a service. */}}
{{- define "siaran.pod" -}}
{{- $own := get .root.Values.services .component -}}
{{- $size := include "siaran.size" . | fromYaml -}}
{{- $port := include "siaran.ports" .component | int -}}
{{- $full := include "siaran.fullname" .root -}}
metadata:
  labels: {{- include "siaran.labels" . | nindent 4 }}
  annotations:
    checksum/config: {{ include "siaran.properties" . | sha256sum }}
    {{- with $own.annotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ $full }}-{{ .component }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ include "siaran.graceSeconds" . }}
  {{- with include "siaran.priorityClass" . }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with .root.Values.image.pullSecrets }}
  imagePullSecrets: {{- toYaml . | nindent 4 }}
  {{- end }}
  securityContext: {{- include "siaran.podSecurity" .root | nindent 4 }}
  {{- include "siaran.topologySpread" . | nindent 2 }}
  {{- with $own.nodeSelector }}
  nodeSelector: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $own.tolerations }}
  tolerations: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if has .root.Values.migrations.mode (list "init" "job") }}
  initContainers:
    - name: migrate
      image: {{ include "siaran.image" . }}
      imagePullPolicy: {{ .root.Values.image.pullPolicy }}
      workingDir: /etc/siaran
      env:
        {{- include "siaran.env" (merge (dict "migrates" true) .) | nindent 8 }}
      resources: {{- include "siaran.resources" $size | nindent 8 }}
      securityContext: {{- include "siaran.containerSecurity" .root | nindent 8 }}
      volumeMounts: {{- include "siaran.mounts" . | nindent 8 }}
  {{- end }}
  containers:
    - name: {{ .component }}
      image: {{ include "siaran.image" . }}
      imagePullPolicy: {{ .root.Values.image.pullPolicy }}
      # Quarkus reads config/application.properties of its working directory.
      workingDir: /etc/siaran
      command: [java, '@/app/jvm.options', '-Xmx{{ $size.heap }}', -jar, /app/quarkus-run.jar]
      env:
        {{- include "siaran.env" . | nindent 8 }}
      ports:
        - {name: http, containerPort: {{ $port }}}
        - {name: management, containerPort: 9000}
      # Its own process and nobody else's: a database or a broker that is away must not take every replica out.
      startupProbe:
        httpGet: {path: /q/health/live, port: http}
        periodSeconds: 1
        failureThreshold: {{ ternary (default 21600 .root.Values.migrations.startSeconds) 120 (eq .root.Values.migrations.mode "start") | int }}
      readinessProbe:
        httpGet: {path: /q/health/live, port: http}
        periodSeconds: 5
        timeoutSeconds: 3
        failureThreshold: 3
      livenessProbe:
        httpGet: {path: /q/health/live, port: management}
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 6
      lifecycle:
        # Until every proxy has forgotten the address.
        preStop: {exec: {command: [sleep, '5']}}
      resources: {{- include "siaran.resources" $size | nindent 8 }}
      securityContext: {{- include "siaran.containerSecurity" .root | nindent 8 }}
      volumeMounts: {{- include "siaran.mounts" . | nindent 8 }}
  volumes: {{- include "siaran.volumes" . | nindent 4 }}
{{- end -}}

{{- define "siaran.resources" -}}
requests: {cpu: {{ .cpu | quote }}, memory: {{ .memory }}}
limits: {memory: {{ .memory }}}
{{- end -}}


{{/* application.properties of a service: what is no secret. */}}
{{- define "siaran.properties" -}}
{{- $values := .root.Values -}}
{{- $database := get $values.postgresql.databases .component -}}
{{- $host := include "siaran.postgresql.host" .root -}}
{{- $address := printf "%s:%d/%s" $host ($values.postgresql.port | int) $database -}}
{{- $sslMode := $values.postgresql.sslMode -}}
{{- if and (hasPrefix "verify" $sslMode) (not $values.postgresql.caSecret.name) -}}
{{- fail (printf "postgresql.caSecret.name: %s needs the CA of PostgreSQL" $sslMode) -}}
{{- end -}}
{{- if and (eq $values.postgresql.mode "inChart") (ne $sslMode "disable") -}}
{{- fail "postgresql.sslMode: the server of this chart (postgresql.mode: inChart) has no certificate" -}}
{{- end -}}
siaran.http-port={{ include "siaran.ports" .component }}
siaran.management-port=9000
quarkus.shutdown.timeout={{ (get $values.services .component).shutdownSeconds }}s
{{- $ca := "" -}}
{{- with $values.postgresql.caSecret }}{{ if .name }}{{ $ca = printf "/etc/siaran/postgresql-ca/%s" .key }}{{ end }}{{ end }}
{{- /* What callers read at campaign, sequence and dispatch goes by connections of its own. */}}
{{- range $datasource := ternary (list "" "reads.") (list "") (has .component (list "campaign" "sequence" "dispatch")) }}
quarkus.datasource.{{ $datasource }}reactive.url=postgresql://{{ $address }}
quarkus.datasource.{{ $datasource }}reactive.postgresql.ssl-mode={{ $sslMode }}
{{- if $ca }}
quarkus.datasource.{{ $datasource }}reactive.trust-certificate-pem=true
quarkus.datasource.{{ $datasource }}reactive.trust-certificate-pem.certs={{ $ca }}
{{- if eq $sslMode "verify-full" }}
quarkus.datasource.{{ $datasource }}reactive.hostname-verification-algorithm=HTTPS
{{- end }}
{{- else if eq $sslMode "require" }}
{{- /* As JDBC has it: sealed, whoever it is. By itself this client would ask the CAs of the JVM. */}}
quarkus.datasource.{{ $datasource }}reactive.trust-all=true
{{- end }}
{{- end }}
quarkus.datasource.jdbc.url=jdbc:postgresql://{{ $address }}
quarkus.datasource.jdbc.additional-jdbc-properties.sslmode={{ $sslMode }}
{{- if $ca }}
quarkus.datasource.jdbc.additional-jdbc-properties.sslrootcert={{ $ca }}
{{- end }}
{{- if has $values.migrations.mode (list "init" "job") }}
quarkus.flyway.migrate-at-start=false
{{- end }}
{{- if $values.auth.jwksUrl }}
siaran.jwt-public-key={{ $values.auth.jwksUrl }}
{{- else if $values.auth.publicKeySecret.name }}
siaran.jwt-public-key=/etc/siaran/token-key/{{ $values.auth.publicKeySecret.key }}
{{- else }}
{{- fail "auth: set auth.jwksUrl (an OpenID Connect provider) or auth.publicKeySecret.name" }}
{{- end }}
siaran.jwt-issuer={{ $values.auth.issuer }}
siaran.jwt-roles-claim={{ $values.auth.rolesClaim }}
siaran.token-audience={{ $values.auth.audience }}
siaran.rest.token-audience-required={{ $values.auth.audienceRequired }}
siaran.log-json={{ $values.logging.json }}
quarkus.log.level={{ $values.logging.level }}
{{- if $values.tracing.endpoint }}
siaran.tracing.endpoint={{ $values.tracing.endpoint }}
siaran.tracing.share={{ $values.tracing.share }}
{{- end }}
{{- if eq .component "campaign" }}
siaran.campaign.queue.url=http://{{ include "siaran.fullname" .root }}-dispatch.{{ .root.Release.Namespace }}.svc:{{ include "siaran.ports" "dispatch" }}
{{- end }}
{{- if eq .component "gateway" }}
{{- $gateway := $values.services.gateway }}
siaran.gateway.leads.url=http://{{ include "siaran.fullname" .root }}-campaign.{{ .root.Release.Namespace }}.svc:{{ include "siaran.ports" "campaign" }}
siaran.gateway.queue.url=http://{{ include "siaran.fullname" .root }}-dispatch.{{ .root.Release.Namespace }}.svc:{{ include "siaran.ports" "dispatch" }}
{{- if $values.ingress.enabled }}
siaran.gateway.callback.public-url=https://{{ $values.ingress.callbacksHost | default $values.ingress.host }}
siaran.gateway.link.public-url=https://{{ $values.ingress.host }}
{{- end }}
siaran.gateway.lane.shutdown-limit={{ $gateway.callsSeconds }}s
siaran.gateway.journal.sends-retention={{ $values.kafka.topics.retentionDays }}d
siaran.gateway.journal.keep={{ add 1 (max 7 $values.kafka.topics.retentionDays) }}d
{{- if $gateway.staticMembership.enabled }}
# POD_NAME is the same after every restart of this pod.
mp.messaging.incoming.device-sends.group.instance.id=${POD_NAME}
mp.messaging.incoming.device-sends.session.timeout.ms={{ mul 1000 $gateway.staticMembership.sessionSeconds }}
{{- end }}
{{- end }}
{{- range $name, $value := (get $values.services .component).settings }}
{{ $name }}={{ include "siaran.written" $value }}
{{- end }}
{{- end -}}

{{/* A value as it is written: to Helm every number of a file is a float, and a large one would get an exponent. */}}
{{- define "siaran.written" -}}
{{- if and (kindIs "float64" .) (eq (floor .) .) }}{{ printf "%.0f" . }}{{ else }}{{ . }}{{ end -}}
{{- end -}}

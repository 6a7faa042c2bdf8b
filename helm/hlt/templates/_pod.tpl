{{/*
One pod for all: restricted, read-only root, no token, requests and limits, what it may know and nothing else.
Takes root, component, words (the command), resources, connections; may take group, owner (the superuser's password),
broker (relay or worker), ring (the key ring it gets in place of the master key), signs (the key of forms and sessions),
keys (whose files of keys: web or provision), provisioner, probes, ports, gate (wait until the kommuner are installed), grace, preStop, once, env.
*/}}
{{- define "hlt.pod" -}}
{{- $root := .root -}}
metadata:
  labels:
    {{- include "hlt.labels" . | nindent 4 }}
    {{- with .group }}
    hlt/group: {{ . }}
    {{- end }}
spec:
  serviceAccountName: {{ include "hlt.name" $root }}-{{ .account | default "run" }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- with $root.Values.image.pullSecret }}
  imagePullSecrets: [{name: {{ . }}}]
  {{- end }}
  {{- if .once }}
  restartPolicy: OnFailure
  {{- else }}
  terminationGracePeriodSeconds: {{ .grace | default 30 }}
  topologySpreadConstraints:
    {{- range $key := list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
    - maxSkew: 1
      topologyKey: {{ $key }}
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "hlt.selector" $ | nindent 10 }}
    {{- end }}
  {{- end }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    runAsGroup: 10001
    fsGroup: 10001
    seccompProfile: {type: RuntimeDefault}
  {{- if .gate }}
  initContainers:
    - name: gate
      {{- $words := list "hlt" "kommun" "wait" "--seconds" (toString $root.Values.jobs.gateSeconds) }}
      {{- include "hlt.container" (merge (dict "words" $words) (omit . "words" "probes" "ports" "preStop")) | nindent 6 }}
  {{- end }}
  containers:
    - name: {{ .component }}
      {{- include "hlt.container" . | nindent 6 }}
  volumes:
    - name: tmp
      emptyDir: {sizeLimit: 64Mi}
    - name: ca
      secret: {secretName: {{ include "hlt.databaseCa" $root }}, items: [{key: ca.crt, path: ca.crt}]}
    {{- with include "hlt.keySources" . | fromJsonArray }}
    - name: keys
      projected: {defaultMode: 0440, sources: {{ toJson . }}}
    {{- end }}
    {{- with .ring }}
    - name: ring
      secret: {secretName: {{ $root.Values.keys.ringsSecret }}, defaultMode: 0440, items: [{key: {{ . }}, path: ring}]}
    {{- end }}
    {{- if .provisioner }}
    - name: realm
      configMap: {name: {{ $root.Values.identity.realmConfigMap }}}
    {{- end }}
{{- end -}}

{{/* The files of keys that a part reads: web its own clients' and what signs releases, provisioning every client's. */}}
{{- define "hlt.keySources" -}}
{{- $sources := list -}}
{{- $given := .root.Values.keys -}}
{{- $part := .keys | default "" -}}
{{- if and $given.filesSecret (eq $part "provision") -}}{{- $sources = append $sources (dict "secret" (dict "name" $given.filesSecret)) -}}{{- end -}}
{{- if and $given.filesSecret (eq $part "web") -}}
{{- $items := list (dict "key" "hlt-web-region.json" "path" "hlt-web-region.json") -}}
{{- range .root.Values.kommuner -}}{{- $file := printf "hlt-web-%s.json" .slug -}}{{- $items = append $items (dict "key" $file "path" $file) -}}{{- end -}}
{{- $sources = append $sources (dict "secret" (dict "name" $given.filesSecret "items" $items)) -}}
{{- end -}}
{{- if and $given.releaseSecret (eq $part "web") -}}{{- $sources = append $sources (dict "secret" (dict "name" $given.releaseSecret)) -}}{{- end -}}
{{- toJson $sources -}}
{{- end -}}

{{- define "hlt.container" -}}
{{- $root := .root -}}
image: {{ include "hlt.image" $root }}
imagePullPolicy: IfNotPresent
command: {{ toJson .words }}
workingDir: /tmp
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
envFrom:
  - configMapRef: {name: {{ include "hlt.name" $root }}-{{ .account | default "run" }}}
env:
  - name: HLT_DB_CONNECTIONS
    value: {{ .connections | quote }}
  {{- if .ring }}
  - name: HLT_KEYRING
    value: /etc/hlt/ring/ring
  {{- else }}
  - name: HLT_MASTER_KEY
    valueFrom: {secretKeyRef: {name: {{ $root.Values.keys.existingSecret }}, key: masterKey}}
  {{- end }}
  {{- if .signs }}
  - name: HLT_SECRET_KEY
    valueFrom: {secretKeyRef: {name: {{ $root.Values.keys.existingSecret }}, key: secretKey}}
  {{- end }}
  {{- if .owner }}
  - name: PGPASSWORD
    valueFrom: {secretKeyRef: {name: {{ include "hlt.databaseSecret" $root }}, key: password}}
  {{- end }}
  {{- with .broker }}
  - name: HLT_BROKER_URL
    valueFrom: {secretKeyRef: {name: {{ get $root.Values.broker (printf "%sSecret" .) }}, key: url}}
  {{- end }}
  {{- if .provisioner }}
  - name: HLT_KEYCLOAK_ADMIN_CLIENT
    valueFrom: {secretKeyRef: {name: {{ $root.Values.identity.existingSecret }}, key: client-id}}
  - name: HLT_KEYCLOAK_ADMIN_SECRET
    valueFrom: {secretKeyRef: {name: {{ $root.Values.identity.existingSecret }}, key: client-secret}}
  {{- end }}
  {{- range $name, $value := .env }}
  - name: {{ $name }}
    value: {{ $value | quote }}
  {{- end }}
{{- with .ports }}
ports: {{ toJson . }}
{{- end }}
{{- with .preStop }}
lifecycle:
  preStop: {sleep: {seconds: {{ . }}}}
{{- end }}
{{- with .probes }}
{{- toYaml . | nindent 0 }}
{{- end }}
resources: {{ toJson .resources }}
volumeMounts:
  - {name: tmp, mountPath: /tmp}
  - {name: ca, mountPath: /etc/hlt/ca, readOnly: true}
  {{- if include "hlt.keySources" . | fromJsonArray }}
  - {name: keys, mountPath: /etc/hlt/keys, readOnly: true}
  {{- end }}
  {{- if .ring }}
  - {name: ring, mountPath: /etc/hlt/ring, readOnly: true}
  {{- end }}
  {{- if .provisioner }}
  - {name: realm, mountPath: /etc/hlt/realm, readOnly: true}
  {{- end }}
{{- end -}}

{{/* Settings without a secret; the same for long-running pods and jobs but for who they may log in as. */}}
{{- define "hlt.settings" -}}
HLT_DOMAIN: {{ .root.Values.domain }}
HLT_PUBLIC_SCHEME: https
HLT_WEB_PORT: "443"
HLT_DB_HOST: {{ include "hlt.databaseHost" .root }}
HLT_DB_PORT: {{ include "hlt.databasePort" .root | quote }}
HLT_DB_NAME: hlt
HLT_KEYCLOAK_PUBLIC_URL: https://id.{{ .root.Values.domain }}
HLT_KEYCLOAK_URL: {{ include "hlt.identityUrl" .root }}
HLT_KEYS_DIR: /etc/hlt/keys
HLT_REALM_DIR: /etc/hlt/realm
HLT_BACKCHANNEL_BASE: http://{{ include "hlt.name" .root }}-web:8000
HLT_STATIC_DIR: /srv/hlt/static
HLT_HEARTBEAT_DIR: /tmp
HLT_MAIL_HOST: {{ .root.Values.mail.host | quote }}
HLT_MAIL_FROM: {{ .root.Values.mail.from | quote }}
HLT_ACCESSIBILITY_MAILBOX: {{ .root.Values.mail.accessibilityMailbox | quote }}
PGSSLMODE: verify-full
PGSSLROOTCERT: /etc/hlt/ca/ca.crt
PYTHONUNBUFFERED: "1"
{{- if .owner }}
HLT_SUPERUSER_URL: postgresql://postgres@{{ include "hlt.databaseHost" .root }}:{{ include "hlt.databasePort" .root }}/hlt
{{- end }}
{{- end -}}

{{/* Probes of what serves no port: its own file must be younger than a minute. */}}
{{- define "hlt.heartbeat" -}}
{{- $words := list "python" "-c" "import os, sys, time; sys.exit(time.time() - os.stat(sys.argv[1]).st_mtime > 60)" (printf "/tmp/%s" .) -}}
{{- $exec := dict "exec" (dict "command" $words) "timeoutSeconds" 5 -}}
startupProbe: {{ merge (dict "periodSeconds" 5 "failureThreshold" 60) $exec | toJson }}
livenessProbe: {{ merge (dict "periodSeconds" 20 "failureThreshold" 3) $exec | toJson }}
readinessProbe: {{ merge (dict "periodSeconds" 20 "failureThreshold" 3) $exec | toJson }}
{{- end -}}

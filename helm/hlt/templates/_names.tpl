{{/* Names and labels. A name holds no kommun and no person: names are visible to every login. */}}

{{- define "hlt.name" -}}
{{- if contains "hlt" .Release.Name -}}{{ .Release.Name | trunc 40 | trimSuffix "-" }}{{- else -}}{{ printf "%s-hlt" (.Release.Name | trunc 36) }}{{- end -}}
{{- end -}}

{{- define "hlt.labels" -}}
app.kubernetes.io/name: hlt
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end -}}

{{- define "hlt.selector" -}}
app.kubernetes.io/name: hlt
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- with .group }}
hlt/group: {{ . }}
{{- end }}
{{- end -}}

{{- define "hlt.image" -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- end -}}

{{/* Where the parts are, seen from a pod. */}}
{{- define "hlt.databaseHost" -}}
{{- if eq .Values.database.mode "cnpg" -}}{{ include "hlt.name" . }}-db-rw{{- else -}}{{ .Values.database.host }}{{- end -}}
{{- end -}}

{{- define "hlt.databasePort" -}}
{{- if eq .Values.database.mode "cnpg" -}}5432{{- else -}}{{ .Values.database.port }}{{- end -}}
{{- end -}}

{{- define "hlt.databaseSecret" -}}
{{- if eq .Values.database.mode "cnpg" -}}{{ include "hlt.name" . }}-db-superuser{{- else -}}{{ .Values.database.existingSecret }}{{- end -}}
{{- end -}}

{{- define "hlt.databaseCa" -}}
{{- if eq .Values.database.mode "cnpg" -}}{{ include "hlt.name" . }}-db-ca{{- else -}}{{ .Values.database.caSecret }}{{- end -}}
{{- end -}}

{{- define "hlt.identityUrl" -}}
{{- if eq .Values.identity.mode "keycloakOperator" -}}http://{{ include "hlt.name" . }}-id-service:8080{{- else -}}{{ .Values.identity.url }}{{- end -}}
{{- end -}}

{{- define "hlt.hosts" -}}
{{- $hosts := list (printf "region.%s" .Values.domain) -}}
{{- range .Values.kommuner -}}{{- $hosts = append $hosts (printf "%s.%s" .slug $.Values.domain) -}}{{- end -}}
{{- sortAlpha $hosts | toJson -}}
{{- end -}}

{{/* The kommuner of a worker group, as `hlt worker kommun --kommuner` takes them. */}}
{{- define "hlt.kommuner" -}}
{{- $codes := list -}}
{{- range $kod, $kommun := .root.Values.kommuner -}}{{- if eq $kommun.queueGroup $.name -}}{{- $codes = append $codes $kod -}}{{- end -}}{{- end -}}
{{- sortAlpha $codes | join "," -}}
{{- end -}}

{{/* Every queue: one per kommun, the region's two, identity's. */}}
{{- define "hlt.queues" -}}
{{- $queues := list "hlt_region" "hlt_region_build" "hlt_identity" -}}
{{- range $kod, $_ := .Values.kommuner -}}{{- $queues = append $queues (printf "hlt_k%s" $kod) -}}{{- end -}}
{{- sortAlpha $queues | toJson -}}
{{- end -}}

{{/* What the schema cannot say: kinds that must be there, groups that must exist, connections that must suffice. */}}

{{- define "hlt.requireKind" -}}
{{- if not (.root.Capabilities.APIVersions.Has .kind) -}}
{{- fail (printf "%s is not known to this cluster: install %s first, and see it ready" .kind .who) -}}
{{- end -}}
{{- end -}}

{{- define "hlt.checkKinds" -}}
{{- $wanted := dict -}}
{{- if eq .Values.database.mode "cnpg" -}}
{{- range $kind := list "Cluster" "Database" "DatabaseRole" "ScheduledBackup" -}}{{- $_ := set $wanted (printf "postgresql.cnpg.io/v1/%s" $kind) "the CloudNativePG operator (1.30 or newer)" -}}{{- end -}}
{{- if .Values.backup.enabled -}}{{- $_ := set $wanted "barmancloud.cnpg.io/v1/ObjectStore" "the barman plugin of CloudNativePG" -}}{{- end -}}
{{- end -}}
{{- if eq .Values.broker.mode "rabbitmqCluster" -}}
{{- $_ := set $wanted "rabbitmq.com/v1beta1/RabbitmqCluster" "the RabbitMQ cluster operator" -}}
{{- $_ := set $wanted "rabbitmq.com/v1beta1/Queue" "the RabbitMQ messaging topology operator" -}}
{{- end -}}
{{- if eq .Values.identity.mode "keycloakOperator" -}}{{- $_ := set $wanted "k8s.keycloak.org/v2beta1/Keycloak" "the Keycloak operator" -}}{{- end -}}
{{- if eq .Values.gateway.mode "httpRoute" -}}{{- $_ := set $wanted "gateway.networking.k8s.io/v1/HTTPRoute" "the Gateway API" -}}{{- end -}}
{{- if .Values.monitoring.enabled -}}{{- $_ := set $wanted "monitoring.coreos.com/v1/PodMonitor" "the Prometheus operator" -}}{{- end -}}
{{- range $kind, $who := $wanted -}}{{- include "hlt.requireKind" (dict "root" $ "kind" $kind "who" $who) -}}{{- end -}}
{{- end -}}

{{- define "hlt.checkGroups" -}}
{{- $served := dict -}}
{{- range $name, $group := .Values.worker.groups -}}{{- $_ := set $served $group.serves true -}}{{- end -}}
{{- range $serves := list "kommun" "region" "identity" -}}
{{- if not (hasKey $served $serves) -}}{{- fail (printf "worker.groups: no group serves %s, so that work would wait for ever" $serves) -}}{{- end -}}
{{- end -}}
{{- range $kod, $kommun := .Values.kommuner -}}
{{- $group := get $.Values.worker.groups $kommun.queueGroup -}}
{{- if not $group -}}{{- fail (printf "kommuner.%s.queueGroup: there is no worker group %s" $kod $kommun.queueGroup) -}}{{- end -}}
{{- if ne $group.serves "kommun" -}}{{- fail (printf "kommuner.%s.queueGroup: %s serves %s, not kommuner" $kod $kommun.queueGroup $group.serves) -}}{{- end -}}
{{- end -}}
{{- range $name, $group := .Values.worker.groups -}}
{{- if and (eq $group.serves "kommun") (not (include "hlt.kommuner" (dict "root" $ "name" $name))) -}}{{- fail (printf "worker.groups.%s serves no kommun" $name) -}}{{- end -}}
{{- end -}}
{{- end -}}

{{/*
Connections at the worst moment: every pod there can be, one more while web is rolled out, and in each process its pool
of kommun logins and one connection per thread for each of the three fixed logins that pages and tasks use.
*/}}
{{- define "hlt.connections" -}}
{{- $webPods := ternary .Values.autoscaling.maxReplicas .Values.web.replicas .Values.autoscaling.enabled -}}
{{- $fixed := 3 -}}
{{- $sum := mul (add $webPods 1) .Values.web.processes (add .Values.web.connections (mul .Values.web.threads $fixed)) -}}
{{- range .Values.worker.groups -}}{{- $sum = add $sum (mul (add .replicas 1) (add .processes 1) (add $.Values.worker.connections $fixed)) -}}{{- end -}}
{{- $sum = add $sum (mul (add .Values.relay.replicas 1) (add .Values.relay.connections $fixed)) -}}
{{- $sum = add $sum .Values.beat.connections $fixed -}}
{{- add $sum (mul 2 (add .Values.jobs.connections $fixed)) -}}
{{- end -}}

{{- define "hlt.checkConnections" -}}
{{- $wanted := include "hlt.connections" . | int -}}
{{- $room := sub (.Values.database.maxConnections | int) 20 -}}
{{- if gt $wanted ($room | int) -}}
{{- fail (printf "%d connections could be opened, but database.maxConnections leaves room for %d: fewer pods, smaller pools, or a Pooler in front" $wanted $room) -}}
{{- end -}}
{{- end -}}

{{- define "hlt.checkReleaseName" -}}
{{- if not (regexMatch "^[a-z][a-z0-9-]{0,35}$" .Release.Name) -}}{{- fail "the release's name must begin with a letter" -}}{{- end -}}
{{- end -}}

{{/* Nodes that are pods in this namespace, and so get a policy of their own. */}}
{{- define "hlt.nodes" -}}
{{- $nodes := list "web" "worker" "disclosure" "relay" "beat" "install" "migrate" "verify" "provision" -}}
{{- if eq .Values.database.mode "cnpg" -}}{{- $nodes = concat $nodes (list "database" "keys") -}}{{- end -}}
{{- if and (eq .Values.database.mode "cnpg") (eq .Values.identity.mode "keycloakOperator") -}}{{- $nodes = append $nodes "identityDatabase" -}}{{- end -}}
{{- if eq .Values.identity.mode "keycloakOperator" -}}{{- $nodes = append $nodes "identity" -}}{{- end -}}
{{- if eq .Values.broker.mode "rabbitmqCluster" -}}{{- $nodes = append $nodes "broker" -}}{{- end -}}
{{- toJson $nodes -}}
{{- end -}}

{{/* The NetworkPolicy peers of a node, as a list; empty when it is outside and no peer was given. */}}
{{- define "hlt.peers" -}}
{{- $name := include "hlt.name" .root -}}
{{- $inside := has .node (include "hlt.nodes" .root | fromJsonArray) -}}
{{- $labels := dict -}}
{{- if not $inside -}}
{{- $outside := ternary "database" .node (has .node (list "keys" "identityDatabase")) -}}
{{- toJson (get .root.Values.networkPolicy.peers $outside | default list) -}}
{{- else -}}
{{- if eq .node "database" -}}{{- $labels = dict "cnpg.io/cluster" (printf "%s-db" $name) -}}
{{- else if eq .node "keys" -}}{{- $labels = dict "cnpg.io/cluster" (printf "%s-keys" $name) -}}
{{- else if eq .node "identityDatabase" -}}{{- $labels = dict "cnpg.io/cluster" (printf "%s-id-db" $name) -}}
{{- else if eq .node "identity" -}}{{- $labels = dict "app" "keycloak" "app.kubernetes.io/instance" (printf "%s-id" $name) -}}
{{- else if eq .node "broker" -}}{{- $labels = dict "app.kubernetes.io/name" (printf "%s-mq" $name) "app.kubernetes.io/component" "rabbitmq" -}}
{{- else -}}{{- $labels = include "hlt.selector" (dict "root" .root "component" .node) | fromYaml -}}
{{- end -}}
{{- toJson (list (dict "podSelector" (dict "matchLabels" $labels))) -}}
{{- end -}}
{{- end -}}

{{/* An end outside has the port its owner chose; inside, the list's. */}}
{{- define "hlt.ports" -}}
{{- $ports := list -}}
{{- range (kindIs "slice" .ports | ternary .ports (list .ports)) -}}{{- $ports = append $ports (dict "port" (int .) "protocol" "TCP") -}}{{- end -}}
{{- if and (has .node (list "database" "keys" "identityDatabase")) (ne .root.Values.database.mode "cnpg") -}}
{{- $ports = list (dict "port" (int .root.Values.database.port) "protocol" "TCP") -}}
{{- end -}}
{{- toJson $ports -}}
{{- end -}}

{{- define "hlt.rulesOut" -}}
{{- $rules := list -}}
{{- range $to, $ports := get .reach .node -}}
{{- $peers := include "hlt.peers" (dict "root" $.root "node" $to) | fromJsonArray -}}
{{- if $peers -}}{{- $rules = append $rules (dict "to" $peers "ports" (include "hlt.ports" (dict "root" $.root "node" $to "ports" $ports) | fromJsonArray)) -}}{{- end -}}
{{- end -}}
{{- toJson $rules -}}
{{- end -}}

{{- define "hlt.rulesIn" -}}
{{- $rules := list -}}
{{- range $from, $ends := .reach -}}
{{- $peers := include "hlt.peers" (dict "root" $.root "node" $from) | fromJsonArray -}}
{{- if and $peers (hasKey $ends $.node) -}}
{{- $rules = append $rules (dict "from" $peers "ports" (include "hlt.ports" (dict "root" $.root "node" $.node "ports" (get $ends $.node)) | fromJsonArray)) -}}
{{- end -}}
{{- end -}}
{{- toJson $rules -}}
{{- end -}}

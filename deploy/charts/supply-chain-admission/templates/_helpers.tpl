{{- define "admission.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "admission.selectorLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "admission.labels" -}}
{{ include "admission.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "admission.tlsSecret" -}}
{{- if eq .Values.tls.source "secret" -}}
{{- required "tls.secretName is needed when tls.source is secret" .Values.tls.secretName -}}
{{- else if eq .Values.tls.source "cert-manager" -}}
{{- printf "%s-tls" (include "admission.fullname" .) -}}
{{- else -}}
{{- fail "tls.source must be cert-manager or secret" -}}
{{- end -}}
{{- end -}}

{{- define "admission.image" -}}
{{- $repository := required "image.repository is needed" .Values.image.repository -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" $repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" $repository (.Values.image.tag | default .Chart.AppVersion) -}}
{{- end -}}
{{- end -}}

{{- define "admission.policyFiles" -}}
{{- $files := list -}}
{{- range $name, $text := required "policies is needed: at least one file that ends in .yaml" .Values.policies -}}
{{- if hasSuffix ".yaml" $name -}}
{{- $files = append $files (printf "/etc/supply-chain/policies/%s" $name) -}}
{{- end -}}
{{- end -}}
{{- if not $files -}}
{{- fail "policies needs at least one file that ends in .yaml" -}}
{{- end -}}
{{- toYaml $files -}}
{{- end -}}

{{/* What both kinds of webhook configuration say. Called with a dict of root, path and annotations. */}}
{{- define "admission.webhook" -}}
{{- $root := .root -}}
admissionReviewVersions: [v1]
sideEffects: None
failurePolicy: {{ $root.Values.failurePolicy }}
matchPolicy: Equivalent
timeoutSeconds: {{ $root.Values.timeoutSeconds }}
clientConfig:
  service:
    name: {{ include "admission.fullname" $root }}
    namespace: {{ $root.Release.Namespace }}
    path: {{ .path }}
    port: 443
  {{- if eq $root.Values.tls.source "secret" }}
  caBundle: {{ required "tls.caBundle is needed when tls.source is secret" $root.Values.tls.caBundle | b64enc }}
  {{- end }}
namespaceSelector:
  matchExpressions:
    - key: kubernetes.io/metadata.name
      operator: NotIn
      values:
        {{- toYaml (append $root.Values.excludedNamespaces $root.Release.Namespace | uniq) | nindent 8 }}
    {{- with $root.Values.namespaceExpressions }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
rules:
  - apiGroups: ['']
    apiVersions: [v1]
    operations: [CREATE, UPDATE]
    resources:
      - pods
      - pods/ephemeralcontainers
      {{- if $root.Values.workloads }}
      - podtemplates
      - replicationcontrollers
      {{- end }}
    scope: Namespaced
  {{- if $root.Values.workloads }}
  - apiGroups: [apps]
    apiVersions: [v1]
    operations: [CREATE, UPDATE]
    resources: [deployments, statefulsets, daemonsets, replicasets]
    scope: Namespaced
  - apiGroups: [batch]
    apiVersions: [v1]
    operations: [CREATE, UPDATE]
    resources: [jobs, cronjobs]
    scope: Namespaced
  {{- end }}
{{- end -}}

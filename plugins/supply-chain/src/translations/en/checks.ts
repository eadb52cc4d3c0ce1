/** What scanners of the clusters checked beside vulnerabilities. */
export const checks = {
  title: 'Configuration and secrets',
  about:
    'As the scanner in the clusters reports it, each rule once for its workload. It changes no outcome of ours.',
  topic: {
    configuration: 'Configuration',
    rbac: 'RBAC',
    infrastructure: 'Infrastructure',
    secrets: 'Secrets',
  },
  caption: '{{topic}}: results, the worst first',
  roles: 'Roles belong to their namespace, not to a single workload.',
  nothing: 'Checked, and nothing found. Reported',
  missingPermission:
    'Which secrets a scanner found is not shown: the permission {{permission}} is missing.',
};

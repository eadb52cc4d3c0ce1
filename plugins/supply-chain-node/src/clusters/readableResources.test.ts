import { ResourceTarget, resourcePath } from './readableResources';

it.each<[ResourceTarget, string]>([
  [{ resource: 'pods' }, '/api/v1/pods'],
  [{ resource: 'nodes' }, '/api/v1/nodes'],
  [
    { resource: 'jobs', namespace: 'shop', name: 'nightly' },
    '/apis/batch/v1/namespaces/shop/jobs/nightly',
  ],
  [
    { resource: 'vulnerabilityreports', namespace: 'a b?c#d' },
    '/apis/aquasecurity.github.io/v1alpha1/namespaces/a%20b%3Fc%23d/vulnerabilityreports',
  ],
  [
    { resource: 'clustercompliancereports', name: 'k8s-cis-1.23' },
    '/apis/aquasecurity.github.io/v1alpha1/clustercompliancereports/k8s-cis-1.23',
  ],
  [
    { resource: 'clustersbomreports' },
    '/apis/aquasecurity.github.io/v1alpha1/clustersbomreports',
  ],
  [
    { resource: 'policyreports', namespace: 'shop', name: 'r' },
    '/apis/wgpolicyk8s.io/v1alpha2/namespaces/shop/policyreports/r',
  ],
  [
    { resource: 'clusterpolicyreports' },
    '/apis/wgpolicyk8s.io/v1alpha2/clusterpolicyreports',
  ],
  [
    { resource: 'reports', namespace: 'shop' },
    '/apis/openreports.io/v1alpha1/namespaces/shop/reports',
  ],
  [
    { resource: 'clusterreports', name: 'r' },
    '/apis/openreports.io/v1alpha1/clusterreports/r',
  ],
])('%j is at %s', (target, path) => {
  expect(resourcePath(target)).toBe(path);
});

it.each([
  { resource: 'secrets' },
  { resource: '__proto__' },
  { resource: 'pods', namespace: '..' },
  { resource: 'pods', namespace: '' },
  { resource: 'pods', namespace: 'a/../../secrets' },
  { resource: 'pods', namespace: 'shop', name: 'p/exec' },
  { resource: 'pods', namespace: 'shop', name: '%2e%2e' },
  { resource: 'pods', name: 'without-namespace' },
  { resource: 'nodes', namespace: 'shop' },
  { resource: 'clusterreports', namespace: 'shop' },
  { resource: 'clustervulnerabilityreports', namespace: 'shop' },
  { resource: 'clustersbomreports', namespace: 'shop' },
  { resource: 'clusterroles' },
])('refuses %j (L31)', target => {
  expect(() => resourcePath(target as ResourceTarget)).toThrow(TypeError);
});

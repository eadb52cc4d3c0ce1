import { parseDigest } from './digest';
import { Subject, subjectKey } from './subject';

const digest = parseDigest(`sha256:${'0'.repeat(64)}`)!;
const cluster = 'prod-eu';

it.each<[Subject, string]>([
  [
    { type: 'image', repository: 'registry.acme.example/web', digest },
    `registry.acme.example/web@${digest}`,
  ],
  [{ type: 'content', digest }, digest],
  [
    {
      type: 'workload',
      cluster,
      namespace: 'shop',
      kind: 'Deployment',
      name: 'web',
    },
    'prod-eu/shop/Deployment/web',
  ],
  [{ type: 'cluster', cluster }, 'prod-eu'],
  [
    { type: 'cluster', cluster, object: { kind: 'ClusterRole', name: 'view' } },
    'prod-eu//ClusterRole/view',
  ],
])('%j is known as %s', (subject, expected) => {
  expect(subjectKey(subject)).toBe(expected);
});

it('throws for what is no subject', () => {
  expect(() => subjectKey({ type: 'pod' } as never)).toThrow(TypeError);
});

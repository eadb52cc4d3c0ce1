import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TrivyOperatorReceiver } from './TrivyOperatorReceiver';

const TOKEN = 'a-token-of-thirty-two-characters';
const [recorded] = JSON.parse(
  readFileSync(
    join(__dirname, '..', '__fixtures__', 'vulnerabilityreports.json'),
    'utf8',
  ),
).items;

const receiver = TrivyOperatorReceiver.create({
  token: TOKEN,
  readBy: [
    { feed: 'trivy', resources: ['vulnerabilityreports'] },
    {
      feed: 'trivy-checks',
      resources: ['configauditreports', 'clusterconfigauditreports'],
    },
  ],
});

const requestWith = (authorization?: string, cluster?: string) => ({
  header: (name: string) =>
    name === 'authorization' ? authorization : undefined,
  ...(cluster && { cluster }),
});

const receive = (message: unknown, cluster: string | undefined = 'prod-eu') =>
  receiver.receive(
    requestWith(undefined, cluster),
    Buffer.from(
      typeof message === 'string' ? message : JSON.stringify(message),
    ),
  );

const report = (change: object = {}, metadata: object = {}) => ({
  apiVersion: 'aquasecurity.github.io/v1alpha1',
  kind: 'VulnerabilityReport',
  metadata: { name: 'replicaset-web-1-web', namespace: 'shop', ...metadata },
  ...change,
});

const hinted = (hint: string, feed = 'trivy') => ({
  kind: 'hints',
  hints: [{ feed, source: 'prod-eu', hint }],
});

describe('when somebody sends', () => {
  it.each([`Bearer ${TOKEN}`, `bearer ${TOKEN}`])(
    'takes the token: %s',
    async authorization => {
      await expect(
        receiver.authenticate(requestWith(authorization)),
      ).resolves.toBeUndefined();
    },
  );

  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    TOKEN,
    `Basic ${TOKEN}`,
    `Bearer ${TOKEN}x`,
    `Bearer ${TOKEN.slice(1)}`,
    `Bearer ${TOKEN} ${TOKEN}`,
    `Bearer ${TOKEN.toUpperCase()}`,
  ])('refuses %j', async authorization => {
    await expect(
      receiver.authenticate(requestWith(authorization)),
    ).rejects.toThrow(expect.objectContaining({ name: 'AuthenticationError' }));
  });
});

describe('when a report is sent', () => {
  const { name, namespace } = recorded.metadata;

  it('says which one it is, in either form', () => {
    const hint = hinted(`vulnerabilityreports/${namespace}/${name}`);
    const object = {
      apiVersion: 'aquasecurity.github.io/v1alpha1',
      kind: 'VulnerabilityReport',
      ...recorded,
    };
    expect(receive(object)).toEqual(hint);
    expect(receive({ verb: 'update', operatorObject: object })).toEqual(hint);
  });

  it('has deletes looked for by a list, whatever they carry', () => {
    // Trivy Operator sends the report before this one with it.
    const message = { verb: 'delete', operatorObject: report() };
    expect(receive(message)).toEqual(hinted('vulnerabilityreports'));
  });

  it('sends it to the feed that reads its kind', () => {
    expect(receive(report({ kind: 'ConfigAuditReport' }))).toEqual(
      hinted('configauditreports/shop/replicaset-web-1-web', 'trivy-checks'),
    );
    const ofCluster = report(
      { kind: 'ClusterConfigAuditReport' },
      { namespace: undefined },
    );
    expect(receive(ofCluster)).toEqual(
      hinted('clusterconfigauditreports//replicaset-web-1-web', 'trivy-checks'),
    );
  });

  it.each<[string, object]>([
    ['a kind nobody reads', report({ kind: 'SbomReport' })],
    ['a kind of the cluster itself', report({ kind: 'Secret' })],
    ['a kind of another group', report({ apiVersion: 'v1' })],
    ['a kind that reads pods', report({ kind: 'Pod', apiVersion: 'v1' })],
    ['no kind', report({ kind: undefined })],
    ['an object that is none', { verb: 'delete', operatorObject: null }],
  ])('ignores %s', (_, message) => {
    expect(receive(message)).toEqual({
      kind: 'ignored',
      message: 'Reports of this kind are not read',
    });
  });

  it.each<[string, unknown]>([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['nothing', ''],
    ['no name', report({}, { name: undefined })],
    ['a name that leads elsewhere', report({}, { name: '../secrets' })],
    ['a name with a slash', report({}, { name: 'a/b' })],
    ['a name with an escape', report({}, { name: 'a%2fb' })],
    ['a dot', report({}, { name: '..' })],
    ['a name that is too long', report({}, { name: 'a'.repeat(300) })],
    ['no namespace', report({}, { namespace: undefined })],
    ['a namespace that is none', report({}, { namespace: 'a/../b' })],
    ['no metadata', report({ metadata: 7 })],
    [
      'a namespace where there is none',
      report({ kind: 'ClusterConfigAuditReport' }),
    ],
  ])('refuses %s', (_, message) => {
    expect(() => receive(message)).toThrow(
      expect.objectContaining({ name: 'InputError' }),
    );
  });

  it('refuses one of no cluster', () => {
    expect(() => receive(report(), '')).toThrow(/\?cluster=production/);
  });
});

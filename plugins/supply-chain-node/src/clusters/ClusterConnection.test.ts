import { ClusterConnection } from './ClusterConnection';
import { ResourceTarget } from './readableResources';

const JSON_TYPE = { 'Content-Type': 'application/json' };

function failureOf(
  answer: () => Response | Promise<Response>,
  target: ResourceTarget = { resource: 'pods' },
  query: Record<string, string> = {},
) {
  const connection = ClusterConnection.create({
    cluster: 'production',
    transport: { listClusters: async () => [], get: async () => answer() },
  });
  return connection
    .read(target, {
      query,
      maxBytes: 100,
      signal: new AbortController().signal,
    })
    .then(
      body => body.toString('utf8'),
      ({ reason, message, retryAfterMs, expired, objectMissing }) => ({
        reason,
        message,
        ...(retryAfterMs !== undefined && { retryAfterMs }),
        ...(expired && { expired }),
        ...(objectMissing && { objectMissing }),
      }),
    );
}

const status =
  (code: number, message: string, headers = {}) =>
  () =>
    new Response(JSON.stringify({ kind: 'Status', code, message }), {
      status: code,
      headers,
    });
const portalError = (code: number, message: string) => () =>
  new Response(JSON.stringify({ error: { name: 'E', message } }), {
    status: code,
  });
const named: ResourceTarget = { resource: 'pods', namespace: 'n', name: 'p' };

it('gives the bytes of a JSON answer', async () => {
  expect(
    await failureOf(() => new Response('{}', { headers: JSON_TYPE })),
  ).toBe('{}');
});

it('gives nothing for an answer without body', async () => {
  expect(
    await failureOf(() => new Response(null, { headers: JSON_TYPE })),
  ).toBe('');
});

it.each([
  ['announced', { ...JSON_TYPE, 'Content-Length': '101' }],
  ['not announced', JSON_TYPE],
])('refuses more bytes than asked for, %s', async (_, headers) => {
  expect(
    await failureOf(() => new Response('x'.repeat(101), { headers })),
  ).toMatchObject({ reason: 'answerTooLarge' });
});

it('names the verb, the resource and the namespace a right is missing for', async () => {
  const refuse = status(403, 'forbidden');
  expect(await failureOf(refuse)).toMatchObject({ message: 'list pods' });
  expect(
    await failureOf(refuse, { resource: 'jobs', namespace: 'shop' }),
  ).toMatchObject({ message: 'list jobs in namespace shop' });
  expect(await failureOf(refuse, named)).toMatchObject({
    message: 'get pods in namespace n',
  });
  expect(
    await failureOf(refuse, { resource: 'pods' }, { watch: '1' }),
  ).toMatchObject({ message: 'watch pods' });
});

it('tells a refusal of the portal from one of the cluster', async () => {
  expect(await failureOf(portalError(403, 'Unauthorized'))).toEqual({
    reason: 'clusterForbidden',
    message: 'the Kubernetes plugin refuses its proxy: Unauthorized',
  });
  expect(await failureOf(portalError(404, "Cluster 'x' not found"))).toEqual({
    reason: 'clusterUnreachable',
    message: "Cluster 'x' not found",
  });
});

it.each([
  'Google token not found under auth.google in request body',
  'Auth token not found under oidc.okta in request body',
  "no bearer token or client cert for cluster 'c' and not running in Kubernetes",
])('knows that a user is needed by: %s', async message => {
  expect(await failureOf(portalError(500, message))).toMatchObject({
    reason: 'clusterNeedsUser',
  });
});

it('tells a missing object from a missing resource', async () => {
  expect(
    await failureOf(status(404, 'pods "p" not found'), named),
  ).toMatchObject({ objectMissing: true });
  expect(
    await failureOf(
      status(404, 'the server could not find the requested resource'),
      named,
    ),
  ).not.toHaveProperty('objectMissing');
  expect(
    await failureOf(
      () => new Response('404 page not found\n', { status: 404 }),
      named,
    ),
  ).toEqual({ reason: 'resourceMissing', message: "no resource 'pods'" });
});

it.each([
  ['HTML', '<h1>404 Not Found</h1>'],
  ['JSON', '{"code":5,"message":"no route"}'],
  ['its own text', 'default backend - 404'],
])(
  'takes a 404 of a gateway in %s for no word of the cluster',
  async (_, body) => {
    const answer = () => new Response(body, { status: 404 });
    const expected = {
      reason: 'clusterUnreachable',
      message: `404: ${body}`,
    };
    expect(await failureOf(answer)).toEqual(expected);
    expect(await failureOf(answer, named)).toEqual(expected);
  },
);

it('knows an unknown resource by what an API server says, and nothing else', async () => {
  expect(
    await failureOf(
      status(404, 'the server could not find the requested resource'),
    ),
  ).toEqual({ reason: 'resourceMissing', message: "no resource 'pods'" });
  expect(await failureOf(status(404, 'something else'))).toEqual({
    reason: 'clusterUnreachable',
    message: '404: something else',
  });
});

it('honours Retry-After and cuts long explanations', async () => {
  expect(
    await failureOf(status(429, 'x'.repeat(1_000), { 'Retry-After': '7' })),
  ).toEqual({
    reason: 'clusterUnreachable',
    message: `${'x'.repeat(300)}…`,
    retryAfterMs: 7_000,
  });
});

it('knows that history is gone', async () => {
  expect(await failureOf(status(410, 'too old'))).toMatchObject({
    expired: true,
  });
});

it('explains a refusal whose text cannot be read', async () => {
  expect(
    await failureOf(() => new Response('x'.repeat(70_000), { status: 500 })),
  ).toMatchObject({
    reason: 'clusterUnreachable',
    message: expect.stringContaining('could not be read'),
  });
});

it('reports a network that fails, with its cause', async () => {
  expect(
    await failureOf(() => {
      throw new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') });
    }),
  ).toEqual({
    reason: 'clusterUnreachable',
    message: 'fetch failed: ECONNREFUSED',
  });
});

import {
  AdmissionWorld,
  pod,
  podRequest,
} from '../__testUtils__/AdmissionWorld';

jest.setTimeout(60_000);

let world: AdmissionWorld;
let signed: string;

beforeAll(async () => {
  world = await AdmissionWorld.start();
  await world.writeCertificate();
  await world.writePolicy();
  await world.startWebhook();
  signed = `${world.image('shop/web')}@${world.push('shop/web', '1.0.0', 1)}`;
});

afterAll(() => world.stop());

const review = (overrides: object) =>
  JSON.stringify({
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    request: { uid: 'u1', ...podRequest([signed]) },
    ...overrides,
  });

describe('what is no review', () => {
  it.each([
    ['no JSON', 'no JSON', 400, 'reviewMalformed'],
    ['an empty body', '', 400, 'reviewMalformed'],
    ['a list', '[]', 400, 'reviewMalformed'],
    ['no request', '{"kind":"AdmissionReview"}', 400, 'reviewMalformed'],
    [
      'a request without uid',
      '{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{}}',
      400,
      'reviewMalformed',
    ],
    [
      'a hostile uid',
      '{"request":{"uid":"\\u001b[31m\\n"}}',
      400,
      'reviewMalformed',
    ],
    [
      'deep nesting',
      `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`,
      400,
      'reviewMalformed',
    ],
  ])('%s: HTTP 400 with the reason', async (_, body, status, reason) => {
    const answer = await world.post('/validate', body);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(reason);
  });

  it.each([
    [{ apiVersion: 'admission.k8s.io/v1beta1' }, 'reviewVersionUnsupported'],
    [{ kind: 'ConversionReview' }, 'reviewVersionUnsupported'],
    [
      { request: { uid: 'u1', operation: 'PATCH', kind: { kind: 'Pod' } } },
      'reviewMalformed',
    ],
    [
      { request: { uid: 'u1', operation: 'CREATE', kind: { kind: 'Pod' } } },
      'reviewMalformed',
    ],
    [
      {
        request: {
          uid: 'u1',
          operation: 'CREATE',
          kind: { kind: 'Pod' },
          object: 'x',
        },
      },
      'reviewMalformed',
    ],
    [
      {
        request: {
          uid: 'u1',
          operation: 'CREATE',
          kind: { kind: 'Deployment' },
          object: { spec: {} },
        },
      },
      'reviewMalformed',
    ],
    [
      {
        request: {
          uid: 'u1',
          operation: 'CREATE',
          kind: { kind: 'ConfigMap' },
          object: {},
        },
      },
      'reviewKindUnsupported',
    ],
  ])('with a uid, %j: a review that refuses', async (overrides, reason) => {
    const answer = await world.post('/validate', review(overrides));
    expect(answer.status).toBe(200);
    expect(answer.response).toMatchObject({
      uid: 'u1',
      allowed: false,
      status: { code: 400, message: expect.stringContaining(reason) },
      auditAnnotations: { decision: 'deny', reason },
    });
  });

  it('subresources that bring no image are left alone', async () => {
    const answer = await world.ask({
      operation: 'CREATE',
      kind: { kind: 'Binding' },
      subResource: 'binding',
      object: {},
    });
    expect(answer.response).toMatchObject({ allowed: true });
  });

  it('another content type or an encoding: HTTP 415', async () => {
    for (const headers of [
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      {},
    ] as Record<string, string>[]) {
      const answer = await world.post('/validate', review({}), headers);
      expect(answer).toMatchObject({ status: 415, text: 'reviewNotJson\n' });
    }
  });

  it('more than 3 MiB: HTTP 413, and just below it is judged', async () => {
    const object = (bytes: number) => ({
      ...pod([signed]),
      metadata: { annotations: { filler: 'x'.repeat(bytes) } },
    });
    const request = (bytes: number) => ({
      uid: 'u1',
      ...podRequest([signed]),
      object: object(bytes),
    });
    const large = await world.post(
      '/validate',
      review({ request: request(3 * 1024 * 1024) }),
    );
    expect(large).toMatchObject({ status: 413, text: 'reviewTooLarge\n' });
    const fits = await world.post(
      '/validate',
      review({ request: request(3 * 1024 * 1024 - 2_000) }),
    );
    expect(fits.response.allowed).toBe(true);
  });

  it('another path or method is told what to do', async () => {
    expect((await world.post('/', '{}')).status).toBe(404);
    expect((await world.health('/elsewhere')).status).toBe(404);
  });
});

describe('hostile references and names', () => {
  it.each([
    '',
    ' ',
    'registry.acme.example/shop/web:1.0.0\u202e',
    '../../etc/passwd',
    'a'.repeat(5_000),
    'http://registry.acme.example/shop/web',
    'registry.acme.example/shop/web@sha256:short',
    '[::1]:5000/shop/web:1',
    '$(reboot)',
  ])('%j is refused as unreadable, escaped', async reference => {
    const { response } = await world.ask(
      podRequest([reference], {
        object: {
          spec: {
            containers: [{ name: 'x\u001b[31m\n\u202e', image: reference }],
          },
        },
      }),
    );
    expect(response.allowed).toBe(false);
    expect(response.status?.message).toContain('referenceUnreadable');
    const shown = JSON.stringify([
      response.status?.message.split('\n'),
      response.auditAnnotations,
    ]);
    expect(shown).not.toMatch(/\\u001b|\u202e/);
    expect(response.status!.message.length).toBeLessThan(2_000);
  });

  it('an image that is no text counts as unreadable', async () => {
    for (const image of [null, 7, {}, ['a']]) {
      const object = { spec: { containers: [{ name: 'c0', image }, null] } };
      const { response } = await world.ask(podRequest([], { object }));
      expect(response.allowed).toBe(false);
    }
  });
});

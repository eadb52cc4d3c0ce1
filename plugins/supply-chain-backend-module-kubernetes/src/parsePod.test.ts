import { KubernetesObject } from 'backstage-plugin-supply-chain-common';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ParsedPod, parsePod } from './parsePod';

const recorded = JSON.parse(
  readFileSync(join(__dirname, '__fixtures__', 'pods.json'), 'utf8'),
).items as KubernetesObject[];

const WEB =
  '127.0.0.1:5003/shop/web@sha256:79c8af470b61dcf3d2c65ff76b069692cf2071684c76ab39c947223736ed4d81';
const RUNNING = { state: { running: { startedAt: '2026-11-23T11:00:00Z' } } };

function pod(spec: object, status: object = {}): KubernetesObject {
  return {
    metadata: {
      name: 'p',
      namespace: 'shop',
      uid: 'u',
      resourceVersion: '7',
    },
    spec: { containers: [], ...spec },
    status: { phase: 'Running', ...status },
  };
}

function parsed(object: KubernetesObject): ParsedPod {
  const result = parsePod(object);
  if (result.kind !== 'pod') {
    throw new Error(`expected a pod, got ${result.kind}`);
  }
  return result.pod;
}

const containers = (spec: object, status: object = {}) =>
  parsed(pod(spec, status)).containers;

describe('when pods of a real cluster are read', () => {
  it('reads every one of them', () => {
    expect(recorded.map(each => parsePod(each).kind)).toEqual(
      Array(11).fill('pod'),
    );
  });

  it('keeps app and init containers with the imageID as written', () => {
    const web = recorded.find(({ metadata }) =>
      metadata.name.startsWith('web-f6e6818def-82c32'),
    )!;
    expect(parsed(web)).toEqual({
      uid: web.metadata.uid,
      namespace: 'shop',
      name: 'web-f6e6818def-82c32',
      labels: web.metadata.labels,
      phase: 'Running',
      nodeName: 'node-0',
      resourceVersion: web.metadata.resourceVersion,
      controller: {
        kind: 'ReplicaSet',
        name: 'web-f6e6818def',
        uid: '09415cbe-82be-4e7e-a11d-57a40c14eb79',
      },
      containers: [
        {
          name: 'web',
          type: 'app',
          imageRef: '127.0.0.1:5003/shop/web:1.0.0',
          imageID: WEB,
          started: true,
        },
        {
          name: 'sidecar',
          type: 'app',
          imageRef: '127.0.0.1:5003/shop/other:1.0.0',
          imageID:
            '127.0.0.1:5003/shop/other@sha256:fcb422a4d9206ee8149e84638a97efd83e966cf55ba5a3826620c654523a3624',
          started: true,
        },
        {
          name: 'migrate',
          type: 'init',
          imageRef: '127.0.0.1:5003/shop/unsigned:1.0.0',
          imageID:
            '127.0.0.1:5003/shop/unsigned@sha256:ba409a7ee159f14c4835589a5c3ee03c3017226a13aa74b73496ab38e9ca04c2',
          started: true,
        },
      ],
    });
  });

  it('says of a container that cannot start why, and that it never did', () => {
    const pending = recorded.find(({ metadata }) =>
      metadata.name.startsWith('pending-'),
    )!;
    expect(parsed(pending).containers).toEqual([
      {
        name: 'x',
        type: 'app',
        imageRef: '127.0.0.1:5003/shop/missing:1.0.0',
        imageID: '',
        started: false,
        waitingReason: expect.any(String),
      },
    ]);
  });
});

describe('when a container has run before (L4)', () => {
  it.each([
    ['is running', RUNNING, true],
    ['has ended', { state: { terminated: { exitCode: 0 } } }, true],
    [
      'waits after a crash',
      {
        state: { waiting: { reason: 'CrashLoopBackOff' } },
        lastState: { terminated: { exitCode: 1 } },
      },
      true,
    ],
    ['was restarted', { state: { waiting: {} }, restartCount: 2 }, true],
    ['says so', { state: {}, started: true }, true],
    ['waits for its image', { state: { waiting: {} }, started: false }, false],
    ['has an empty state', { state: {}, lastState: {} }, false],
    ['has no status', {}, false],
  ])('and %s, started is as expected', (_, status, started) => {
    const [container] = containers(
      { containers: [{ name: 'a', image: 'i' }] },
      { containerStatuses: [{ name: 'a', ...status }] },
    );
    expect(container.started).toBe(started);
  });
});

describe('when a pod has containers beyond its apps', () => {
  it('tells init containers, sidecars and ephemeral containers apart', () => {
    expect(
      containers(
        {
          initContainers: [
            { name: 'migrate', image: 'a' },
            { name: 'proxy', image: 'b', restartPolicy: 'Always' },
          ],
          ephemeralContainers: [{ name: 'debug', image: 'c' }],
        },
        {
          initContainerStatuses: [{ name: 'proxy', ...RUNNING }],
          ephemeralContainerStatuses: [
            { name: 'debug', imageID: 'c@x', ...RUNNING },
          ],
        },
      ).map(({ name, type, started }) => [name, type, started]),
    ).toEqual([
      ['migrate', 'init', false],
      ['proxy', 'sidecar', true],
      ['debug', 'ephemeral', true],
    ]);
  });

  it('counts image volumes, with the digest once the kubelet reports it', () => {
    const spec = {
      containers: [
        { name: 'a', image: 'i', volumeMounts: [{ name: 'models' }] },
      ],
      volumes: [
        { name: 'models', image: { reference: 'registry.acme.example/m:1' } },
        { name: 'unused', image: { reference: 'registry.acme.example/n:1' } },
        { name: 'empty', image: {} },
        { name: 'scratch', emptyDir: {} },
      ],
    };
    const status = {
      name: 'a',
      ...RUNNING,
      volumeMounts: [
        {
          name: 'models',
          volumeStatus: { image: { imageRef: 'registry.acme.example/m@x' } },
        },
      ],
    };
    expect(containers(spec, { containerStatuses: [status] }).slice(1)).toEqual([
      {
        name: 'models',
        type: 'volume',
        imageRef: 'registry.acme.example/m:1',
        imageID: 'registry.acme.example/m@x',
        started: true,
      },
      expect.objectContaining({ name: 'unused', imageID: '', started: false }),
      expect.objectContaining({ name: 'empty', imageRef: '' }),
    ]);
  });
});

describe('when nothing of a pod runs any more', () => {
  it.each(['Succeeded', 'Failed'])('phase %s counts as ended', phase => {
    expect(parsePod(pod({}, { phase }))).toEqual({ kind: 'ended' });
  });

  it('still counts a pod that is being deleted', () => {
    const object = pod({});
    object.metadata.deletionTimestamp = '2026-11-23T11:00:00Z';
    expect(parsePod(object).kind).toBe('pod');
  });
});

describe('when a pod is incomplete', () => {
  it('is its own controller without an owner', () => {
    expect(parsed(pod({})).controller).toEqual({
      kind: 'Pod',
      name: 'p',
      uid: 'u',
    });
  });

  it.each(['web\u0000', 'w'.repeat(254)])(
    'is its own controller with an owner that none can be called',
    name => {
      const object = pod({});
      object.metadata.ownerReferences = [
        { kind: 'ReplicaSet', name, uid: 'x', controller: true },
      ];
      // What its author wrote of it does not hide what runs.
      expect(parsed(object).controller).toEqual({
        kind: 'Pod',
        name: 'p',
        uid: 'u',
      });
    },
  );

  it.each([
    [
      'no namespace',
      { ...pod({}), metadata: { ...pod({}).metadata, namespace: undefined } },
    ],
    ['no spec', { ...pod({}), spec: undefined }],
    ['no containers', { ...pod({}), spec: {} }],
    ['a status that is none', { ...pod({}), status: 7 }],
  ])('refuses one with %s', (_, object) => {
    expect(parsePod(object as KubernetesObject)).toEqual({
      kind: 'malformed',
      message: expect.any(String),
    });
  });

  it('reads a pod that has no status yet', () => {
    const { status: _, ...rest } = pod({ containers: [{}] });
    expect(parsed(rest as KubernetesObject)).toMatchObject({
      phase: 'Unknown',
      containers: [{ name: '', imageRef: '', imageID: '', started: false }],
    });
  });
});

import { ObservedContainer, ObservedPod } from '../model/runningImage';
import { DIGEST, NOW, OTHER_DIGEST } from '../testing/exampleFacts';
import { resolveRunningDigest } from './resolveRunningDigest';
import { runningImagesOf } from './runningImagesOf';

const REF = 'registry.acme.example/shop/web:1.0.0';
const REPOSITORY = 'registry.acme.example/shop/web';
const HEX = DIGEST.slice('sha256:'.length);

describe('resolveRunningDigest', () => {
  // prettier-ignore
  it.each<[string, string, string, ReturnType<typeof resolveRunningDigest>]>([
    ['the kubelet names repository and digest', REF, `${REPOSITORY}@${DIGEST}`, { repository: REPOSITORY, digest: DIGEST, digestSource: 'imageID' }],
    ['an old runtime prefixes it', REF, `docker-pullable://${REPOSITORY}@${DIGEST}`, { repository: REPOSITORY, digest: DIGEST, digestSource: 'imageID' }],
    [
      'it names another repository (L1)',
      REF,
      `docker.io/acme/web@${DIGEST}`,
      {
        repository: REPOSITORY,
        digest: DIGEST,
        digestSource: 'imageID',
        imageIDRepository: 'docker.io/acme/web',
      },
    ],
    [
      'it names Docker Hub in another way',
      'nginx',
      `docker.io/library/nginx@${DIGEST}`,
      {
        repository: 'docker.io/library/nginx',
        digest: DIGEST,
        digestSource: 'imageID',
      },
    ],
    ['the spec names another digest', `${REPOSITORY}@${OTHER_DIGEST}`, `${REPOSITORY}@${DIGEST}`, { repository: REPOSITORY, digest: DIGEST, digestSource: 'imageID' }],
    ['there is only the id of a configuration (L3)', REF, `sha256:${HEX}`, { repository: REPOSITORY, digestSource: 'none' }],
    ['there is only that and the spec names a digest', `${REF}@${DIGEST}`, HEX, { repository: REPOSITORY, digest: DIGEST, digestSource: 'specDigest' }],
    ['it never started', REF, '', { repository: REPOSITORY, digestSource: 'none' }],
    ['it never started and the spec names a digest', `${REF}@${DIGEST}`, '', { repository: REPOSITORY, digest: DIGEST, digestSource: 'specDigest' }],
    ['the status cannot be read', REF, 'what is this', { repository: REPOSITORY, digestSource: 'none' }],
    [
      'the spec cannot be read',
      'registry.acme.example/UPPER',
      `${REPOSITORY}@${DIGEST}`,
      {
        digest: DIGEST,
        digestSource: 'imageID',
        imageIDRepository: REPOSITORY,
      },
    ],
    ['nothing can be read', '::', '', { digestSource: 'none' }],
  ])('when %s', (_condition, imageRef, imageID, expected) => {
    expect(resolveRunningDigest({ imageRef, imageID })).toEqual(expected);
  });
});

const container = (
  overrides: Partial<ObservedContainer> = {},
): ObservedContainer => ({
  name: 'web',
  type: 'app',
  imageRef: REF,
  imageID: `${REPOSITORY}@${DIGEST}`,
  started: true,
  ...overrides,
});
const pod = (
  uid: string,
  overrides: Partial<ObservedPod> = {},
): ObservedPod => ({
  uid,
  namespace: 'shop',
  name: `web-${uid}`,
  labels: {},
  phase: 'Running',
  platform: 'linux/amd64',
  workload: { kind: 'Deployment', name: 'web' },
  controller: { kind: 'ReplicaSet', name: 'web-1', uid: 'rs-1' },
  containers: [container()],
  resourceVersion: '1',
  ...overrides,
});
const images = (...pods: ObservedPod[]) =>
  runningImagesOf({ cluster: 'prod', pods, now: NOW });

describe('runningImagesOf', () => {
  it('joins the pods of a workload that run one image', () => {
    expect(images(pod('1'), pod('2'))).toEqual([
      {
        cluster: 'prod',
        namespace: 'shop',
        workload: { kind: 'Deployment', name: 'web' },
        container: 'web',
        containerType: 'app',
        imageRef: REF,
        repository: REPOSITORY,
        digest: DIGEST,
        digestSource: 'imageID',
        platform: 'linux/amd64',
        started: true,
        pods: 2,
        controllers: [{ kind: 'ReplicaSet', name: 'web-1' }],
        firstSeen: NOW.toISOString(),
        lastSeen: NOW.toISOString(),
      },
    ]);
  });

  it('keeps both images of a roll-out, whose tag moved', () => {
    const next = pod('2', {
      controller: { kind: 'ReplicaSet', name: 'web-2', uid: 'rs-2' },
      containers: [container({ imageID: `${REPOSITORY}@${OTHER_DIGEST}` })],
    });
    expect(images(pod('1'), next).map(each => each.digest)).toEqual([
      DIGEST,
      OTHER_DIGEST,
    ]);
  });

  it('keeps every platform and every controller (L2)', () => {
    const other = pod('2', {
      platform: 'linux/arm64',
      controller: { kind: 'ReplicaSet', name: 'web-0', uid: 'rs-0' },
    });
    const unknown = pod('3', { platform: undefined });
    expect(images(other, pod('1'), unknown)).toMatchObject([
      {
        platform: 'linux/amd64,linux/arm64',
        pods: 3,
        controllers: [{ name: 'web-0' }, { name: 'web-1' }],
      },
    ]);
    expect(images(unknown)[0]).not.toHaveProperty('platform');
  });

  it('names the CronJob of a Job, as the reports on it do', () => {
    const nightly = pod('1', {
      workload: { kind: 'CronJob', name: 'nightly' },
      controller: { kind: 'Job', name: 'nightly-29', uid: 'job-29' },
    });
    expect(images(nightly)[0].controllers).toEqual([
      { kind: 'CronJob', name: 'nightly' },
      { kind: 'Job', name: 'nightly-29' },
    ]);
  });

  it('counts every type of container (L4)', () => {
    const types = ['app', 'init', 'sidecar', 'ephemeral', 'volume'] as const;
    const containers = types.map(type => container({ name: type, type }));
    expect(
      images(pod('1', { containers }))
        .map(each => each.containerType)
        .sort(),
    ).toEqual([...types].sort());
  });

  it.each(['Succeeded', 'Failed'])('leaves out a pod that %s', phase => {
    expect(images(pod('1', { phase }))).toEqual([]);
  });

  it('shows one that never started with why, and apart from those that did (L4)', () => {
    const waiting = container({
      imageID: '',
      started: false,
      waitingReason: 'ImagePullBackOff',
    });
    expect(images(pod('1'), pod('2', { containers: [waiting] }))).toMatchObject(
      [
        {
          started: false,
          waitingReason: 'ImagePullBackOff',
          digestSource: 'none',
        },
        { started: true, digest: DIGEST },
      ],
    );
  });

  it('has started where one of several pods has', () => {
    const waiting = container({
      imageRef: `${REF}@${DIGEST}`,
      imageID: '',
      started: false,
      waitingReason: 'ContainerCreating',
    });
    const running = container({ imageRef: `${REF}@${DIGEST}` });
    expect(
      images(
        pod('1', { containers: [waiting] }),
        pod('2', { containers: [running] }),
      ),
    ).toMatchObject([
      {
        started: true,
        waitingReason: 'ContainerCreating',
        digestSource: 'imageID',
        pods: 2,
      },
    ]);
  });

  it('shows the repository that only one node names (L1)', () => {
    const odd = container({ imageID: `docker.io/acme/web@${DIGEST}` });
    expect(images(pod('1'), pod('2', { containers: [odd] }))).toMatchObject([
      { imageIDRepository: 'docker.io/acme/web' },
    ]);
  });

  it('does not depend on the order of pods (L20)', () => {
    const pods = [
      pod('1'),
      pod('2', { workload: { kind: 'Job', name: 'a' } }),
      pod('3', { namespace: 'edge' }),
    ];
    expect(images(...pods)).toEqual(images(...[...pods].reverse()));
  });
});

import { AdmissionRequest } from './AdmissionRequest';
import { questionOf } from './questionOf';
import objects from '../__fixtures__/objects.json';

const request = (
  overrides: Partial<AdmissionRequest> = {},
): AdmissionRequest => ({
  uid: 'u1',
  operation: 'CREATE',
  kind: 'Pod',
  subResource: '',
  namespace: 'shop',
  name: 'web',
  object: objects.pod,
  oldObject: null,
  ...overrides,
});

const namesIn = (question: ReturnType<typeof questionOf>) =>
  question.type === 'images'
    ? question.containers.map(({ type, name, path }) => [
        type,
        name,
        path.join('/'),
      ])
    : question;

describe('questionOf', () => {
  it('finds the images and labels of a real pod', () => {
    const question = questionOf(request());
    expect(namesIn(question)).toEqual([
      ['init', expect.any(String), 'spec/initContainers/0/image'],
      ['app', expect.any(String), 'spec/containers/0/image'],
      ['app', expect.any(String), 'spec/containers/1/image'],
    ]);
    expect(question).toMatchObject({
      labels: objects.pod.metadata.labels,
      containers: [
        { imageRef: objects.pod.spec.initContainers![0].image },
        { imageRef: objects.pod.spec.containers[0].image },
        { imageRef: objects.pod.spec.containers[1].image },
      ],
    });
  });

  it('finds those of a real workload, and nothing when only its status changed', () => {
    const { deployment } = objects;
    const workload = request({ kind: 'Deployment', object: deployment });
    expect(namesIn(questionOf(workload))).toEqual([
      ['app', expect.any(String), 'spec/template/spec/containers/0/image'],
    ]);
    expect(
      questionOf({
        ...workload,
        operation: 'UPDATE',
        oldObject: deployment,
        object: { ...deployment, status: { replicas: 9 } },
      }),
    ).toMatchObject({ type: 'images', containers: [] });
  });

  it('judges everything when the earlier form cannot be read', () => {
    expect(
      namesIn(
        questionOf(request({ operation: 'UPDATE', oldObject: { spec: 7 } })),
      ),
    ).toHaveLength(3);
  });

  it.each<[Partial<AdmissionRequest>, unknown]>([
    [{ operation: 'DELETE', object: null }, { type: 'nothing' }],
    [{ operation: 'CONNECT', kind: 'PodExecOptions' }, { type: 'nothing' }],
    [{ kind: 'Eviction', subResource: 'eviction' }, { type: 'nothing' }],
    [
      { kind: 'ReplicationController', object: { spec: {} } },
      { type: 'nothing' },
    ],
    [
      { kind: 'ConfigMap' },
      { type: 'unreadable', reason: 'reviewKindUnsupported' },
    ],
    [{ object: null }, { type: 'unreadable', reason: 'reviewMalformed' }],
    [{ kind: 'constructor' }, { type: 'unreadable' }],
    [
      { kind: 'CronJob', object: { spec: { jobTemplate: null } } },
      { type: 'unreadable', reason: 'reviewMalformed' },
    ],
  ])('%j', (overrides, expected) => {
    expect(questionOf(request(overrides))).toMatchObject(expected as object);
  });
});

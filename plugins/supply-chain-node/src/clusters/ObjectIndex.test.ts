import { KubernetesObject } from 'backstage-plugin-supply-chain-common';
import { ObjectIndex } from './ObjectIndex';

const object = (uid: string, value: string): KubernetesObject => ({
  metadata: { uid, name: uid, resourceVersion: '1', value },
});

function create() {
  const changes: string[] = [];
  const index = new ObjectIndex<unknown>({
    keyOf: ({ metadata }) => metadata.name,
    valueOf: ({ metadata }) => metadata.value,
    onChange: (key, change) => changes.push(`${change} ${key}`),
  });
  return { index, changes };
}

it('tells what was added and what changed, and nothing of what did not', async () => {
  const { index, changes } = create();
  await index.upsert([object('a', '1'), object('b', '1')]);
  await index.upsert([object('a', '1'), object('b', '2')]);
  expect(changes).toEqual(['added a', 'added b', 'changed b']);
  expect(index.get('b')).toBe('2');
});

it('forgets what was removed and what a full sync did not see', async () => {
  const { index } = create();
  await index.upsert(['a', 'b', 'c', 'd'].map(uid => object(uid, '1')));
  await index.remove(['a', 'unknown']);
  await index.beginFullSync();
  await index.touch(['b', 'unknown']);
  await index.upsert([object('c', '1')]);
  await index.completeFullSync();
  expect(['a', 'b', 'c', 'd'].map(key => index.get(key))).toEqual([
    undefined,
    '1',
    '1',
    undefined,
  ]);
});

it('has nothing to go on from after a restart', async () => {
  const { index } = create();
  await index.saveResumePoint();
  expect(await index.resumePoint()).toBeUndefined();
  expect((await index.knownVersions()).size).toBe(0);
});

it('tells that what came back is another one than what was removed', async () => {
  const { index, changes } = create();
  await index.upsert([object('a', '1'), object('b', '1')]);
  await index.remove(['a', 'b']);
  await index.upsert([object('a', '2'), object('b', '1')]);
  expect(changes.slice(2)).toEqual(['changed a', 'added b']);
});

it('remembers the last of what was removed, however much that was', async () => {
  const { index, changes } = create();
  const many = Array.from({ length: 10_001 }, (_, each) => `o${each}`);
  await index.upsert(many.map(uid => object(uid, '1')));
  await index.remove(many);
  await index.upsert([object('o0', '2'), object('o10000', '2')]);
  expect(changes.slice(many.length)).toEqual(['added o0', 'changed o10000']);
});

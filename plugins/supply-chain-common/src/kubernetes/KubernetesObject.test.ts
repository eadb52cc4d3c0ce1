import {
  compareResourceVersions,
  controllerOf,
  isKubernetesObject,
  isObjectName,
  KubernetesObject,
  textMap,
} from './KubernetesObject';

const metadata = { name: 'n', uid: 'u', resourceVersion: '1' };
const owned = (ownerReferences: unknown) =>
  controllerOf({ metadata: { ...metadata, ownerReferences } });

it.each<[unknown, boolean]>([
  [{ metadata }, true],
  [{ metadata: { ...metadata, namespace: 's' } }, true],
  [{ metadata: { ...metadata, namespace: 7 } }, false],
  [{ metadata: { ...metadata, uid: '' } }, false],
  [{ metadata: { ...metadata, resourceVersion: 7 } }, false],
  [{ metadata: [] }, false],
  [[], false],
  [null, false],
])('of %j it can be told whether it is an object', (value, expected) => {
  expect(isKubernetesObject(value)).toBe(expected);
});

it('finds the controller among the owners', () => {
  const owner = { kind: 'ReplicaSet', name: 'r', uid: 'x' };
  expect(
    owned([
      { ...owner, uid: 'y' },
      { ...owner, controller: true },
    ]),
  ).toEqual({ ...owner, controller: true });
  expect(owned([owner])).toBeUndefined();
  expect(owned([{ ...owner, name: 7, controller: true }])).toBeUndefined();
  expect(owned('none')).toBeUndefined();
  expect(controllerOf({ metadata } as KubernetesObject)).toBeUndefined();
});

it.each<[unknown, boolean]>([
  ['system:controller:token-cleaner', true],
  ['w'.repeat(253), true],
  ['w'.repeat(254), false],
  ['', false],
  ['web\u0000', false],
  ['web\u202e', false],
  [7, false],
])('of %j it can be told whether an object may be called so', (name, can) => {
  expect(isObjectName(name)).toBe(can);
});

it('keeps only texts of a map', () => {
  expect(textMap({ a: 'b', c: 1, d: null })).toEqual({ a: 'b' });
  expect(textMap(['a'])).toEqual({});
});

it.each([
  ['1', '1', 0],
  ['9', '10', -1],
  ['18446744073709551615', '18446744073709551614', 1],
  ['opaque', 'opaque', 0],
  ['opaque', '1', undefined],
])('compares version %s with %s as %s', (left, right, expected) => {
  expect(compareResourceVersions(left, right)).toBe(expected);
});

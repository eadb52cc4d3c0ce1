import { createHash } from 'node:crypto';
import {
  driveCollection,
  reasonOf,
  tagsOf,
} from '../__testUtils__/driveCollection';
import {
  APP,
  APP_ROOT_KEYS,
  RECORDED_NOW,
  recordedFiles,
} from '../__testUtils__/recordedFiles';
import { CollectionQuestion, CollectionResult } from '../verify';

const digestOf = (word: string) =>
  `sha256:${createHash('sha256').update(word).digest('hex')}`;

// As the README of the recording says which digest each tag got.
const TAGS = {
  first: [
    `targets 1.0.0 ${digestOf('manifest-1.0.0')}`,
    `targets/releases 1.1.0 ${digestOf('manifest-1.1.0')}`,
    `targets/alice 1.1.0 ${digestOf('manifest-1.1.0')}`,
    `targets/bob 1.1.0 ${digestOf('manifest-1.1.0')}`,
  ].sort(),
  retagged: [
    `targets 1.0.0 ${digestOf('manifest-1.0.0')}`,
    `targets/releases 1.0.0 ${digestOf('manifest-1.0.0-rebuilt')}`,
    `targets/releases 1.1.0 ${digestOf('manifest-1.1.0')}`,
    `targets/alice 1.1.0 ${digestOf('manifest-1.1.0')}`,
    `targets/bob 1.1.0 ${digestOf('manifest-1.1.0')}`,
  ].sort(),
};

function verify(
  folder: string,
  question: Partial<CollectionQuestion> = {},
): CollectionResult {
  return driveCollection(
    {
      gun: APP,
      trust: { type: 'rootKeyIds', rootKeyIds: APP_ROOT_KEYS },
      now: RECORDED_NOW,
      ...question,
    },
    recordedFiles(folder),
  );
}

function stateOf(result: CollectionResult): string {
  return result.outcome === 'accepted' ? result.state : reasonOf(result);
}

describe('trust data recorded from a real server', () => {
  it.each([
    ['app-state1', TAGS.first],
    ['app-state2-retagged', TAGS.retagged],
    ['app-state3-root-rotated', TAGS.retagged],
  ])('%s says what was signed', (folder, tags) => {
    expect(tagsOf(verify(folder)).sort()).toEqual(tags);
  });

  it('of a repository without tags is accepted and says nothing', () => {
    const result = verify('dockerhub-style-empty', {
      gun: 'docker.io/library/demo',
      trust: { type: 'firstUse', mayBegin: true },
    });
    expect(reasonOf(result)).toBe('accepted');
    expect(tagsOf(result)).toEqual([]);
  });

  it('names versions, dates and root keys', () => {
    const result = verify('app-state3-root-rotated');
    expect(result).toMatchObject({
      outcome: 'accepted',
      collection: {
        pinned: 'rootKeyIds',
        rootKeyIds: [APP_ROOT_KEYS[1]],
        signer: APP_ROOT_KEYS[1],
        rollbackProtected: false,
        versions: {
          root: 3,
          timestamp: 11,
          snapshot: 12,
          targets: 6,
          'targets/releases': 2,
        },
        expires: { timestamp: new Date('2026-12-07T10:51:39.387Z') },
        notes: [],
      },
    });
  });

  it('follows the rotation of the root from the state before', () => {
    const previous = stateOf(verify('app-state2-retagged'));
    const result = verify('app-state3-root-rotated', {
      previous,
      trust: { type: 'firstUse', mayBegin: false },
    });
    expect(result).toMatchObject({
      outcome: 'accepted',
      collection: { rollbackProtected: true, since: RECORDED_NOW },
    });
  });

  it.each([
    ['app-state2-retagged', 'app-state1'],
    ['app-state3-root-rotated', 'app-state2-retagged'],
  ])('is refused when %s was seen and %s is served', (later, earlier) => {
    const previous = stateOf(verify(later));
    expect(reasonOf(verify(earlier, { previous }))).toBe('trustDataRolledBack');
  });

  it.each([
    [
      'the timestamp is past its date',
      { now: new Date('2026-12-08T00:00:00Z') },
      'trustDataExpired',
    ],
    [
      'another root key is pinned',
      { trust: { type: 'rootKeyIds' as const, rootKeyIds: ['00'.repeat(32)] } },
      'rootNotPinned',
    ],
    [
      'only the root key before the rotation is pinned',
      {
        trust: { type: 'rootKeyIds' as const, rootKeyIds: [APP_ROOT_KEYS[0]] },
      },
      'rootNotPinned',
    ],
    [
      'it is read for another repository',
      { gun: 'registry.example.test/team/other' },
      'rootCertificateUnsuitable',
    ],
    [
      'nothing is pinned and nothing remembered',
      { trust: { type: 'firstUse' as const, mayBegin: false } },
      'noPin',
    ],
  ])('is refused when %s', (_condition, question, reason) => {
    expect(reasonOf(verify('app-state3-root-rotated', question))).toBe(reason);
  });

  it('is refused when files of two states are mixed', () => {
    const states = ['app-state2-retagged', 'app-state3-root-rotated'].map(
      recordedFiles,
    );
    const question: CollectionQuestion = {
      gun: APP,
      trust: { type: 'rootKeyIds', rootKeyIds: APP_ROOT_KEYS },
      now: RECORDED_NOW,
    };
    for (const name of ['snapshot', 'root']) {
      const mixed = driveCollection(question, file =>
        states[file === name ? 0 : 1](file),
      );
      expect(reasonOf(mixed)).toBe('trustDataMixed');
    }
  });
});

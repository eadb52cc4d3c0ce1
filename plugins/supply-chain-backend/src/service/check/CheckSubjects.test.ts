import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { CheckSubjects } from './CheckSubjects';

const subjects = (entries: object[]) =>
  CheckSubjects.fromConfig(
    mockServices.rootConfig({
      data: { supplyChain: { check: { subjects: entries } } },
    }),
  );

const service = (subject: string) =>
  ({
    $$type: '@backstage/BackstageCredentials',
    principal: { type: 'service', subject },
  } as unknown as BackstageCredentials);

const WEB = {
  ref: 'component:default/web',
  kind: 'component',
  namespace: 'default',
  name: 'web',
  sourceLocation: 'https://github.com/acme/web',
};

const admits = (given: CheckSubjects, subject: string, entity = WEB) => {
  try {
    given.admit(service(subject), { ref: entity.ref, entity });
    return true;
  } catch (error) {
    expect((error as Error).name).toBe('NotAllowedError');
    return false;
  }
};

const MAIN = 'repo:acme/web:ref:refs/heads/main';

describe('CheckSubjects', () => {
  it.each<[string, object, string, boolean]>([
    [
      'the repository of the entity',
      {
        subject: 'repo:acme/*:ref:refs/heads/main',
        fromSourceRepository: true,
      },
      `external:${MAIN}`,
      true,
    ],
    [
      'another repository of the same owner',
      {
        subject: 'repo:acme/*:ref:refs/heads/main',
        fromSourceRepository: true,
      },
      'external:repo:acme/other:ref:refs/heads/main',
      false,
    ],
    [
      'another branch',
      {
        subject: 'repo:acme/*:ref:refs/heads/main',
        fromSourceRepository: true,
      },
      'external:repo:acme/web:ref:refs/heads/other',
      false,
    ],
    [
      'a branch whose name goes on',
      {
        subject: 'repo:acme/*:ref:refs/heads/main',
        fromSourceRepository: true,
      },
      'external:repo:acme/web:ref:refs/heads/main/x',
      false,
    ],
    [
      'a pull request',
      { subject: 'repo:acme/*:ref:*', fromSourceRepository: true },
      'external:repo:acme/web:pull_request',
      false,
    ],
    [
      'another organisation',
      {
        subject: 'repo:acme/*:ref:refs/heads/main',
        fromSourceRepository: true,
      },
      'external:repo:acme-evil/web:ref:refs/heads/main',
      false,
    ],
    [
      'a wildcard that would reach into the next part',
      { subject: 'repo:acme/*:ref:refs/heads/main', entities: ['web'] },
      'external:repo:acme/web:environment:x:ref:refs/heads/main',
      false,
    ],
    [
      'a prefix that is asked for',
      { subject: MAIN, subjectPrefix: 'github', entities: ['web'] },
      `external:github:${MAIN}`,
      true,
    ],
    [
      'no prefix where one is asked for',
      { subject: MAIN, subjectPrefix: 'github', entities: ['web'] },
      `external:${MAIN}`,
      false,
    ],
    [
      'a prefix where none is asked for',
      { subject: MAIN, entities: ['web'] },
      `external:github:${MAIN}`,
      false,
    ],
    [
      'another entity',
      { subject: MAIN, entities: ['component:default/other'] },
      `external:${MAIN}`,
      false,
    ],
    [
      'every branch',
      { subject: 'repo:acme/web:**', entities: ['web'] },
      'external:repo:acme/web:ref:refs/heads/a/b',
      true,
    ],
    [
      'a subject of no known form',
      { subject: 'ci-**', fromSourceRepository: true },
      'external:ci-7',
      false,
    ],
  ])('%s', (_what, entry, subject, expected) => {
    expect(admits(subjects([entry]), subject)).toBe(expected);
  });

  it('reads the project of GitLab', () => {
    const given = subjects([
      {
        subject: 'project_path:**',
        fromSourceRepository: true,
      },
    ]);
    const entity = {
      ...WEB,
      sourceLocation: 'https://gitlab.com/acme/shop/web',
    };
    const subject = (project: string) =>
      `external:project_path:${project}:ref_type:branch:ref:main`;
    expect(admits(given, subject('acme/shop/web'), entity)).toBe(true);
    expect(admits(given, subject('acme/web'), entity)).toBe(false);
  });

  it('admits nobody from outside when nobody is configured, and leaves everybody else to permissions', () => {
    const given = subjects([]);
    expect(given.isEmpty).toBe(true);
    expect(admits(given, `external:${MAIN}`)).toBe(false);
    expect(admits(given, 'plugin:scaffolder')).toBe(true);
    expect(given.isExternal(service('plugin:scaffolder'))).toBe(false);
  });

  it('wants an entity of callers from outside', () => {
    const given = subjects([{ subject: MAIN, entities: ['web'] }]);
    expect(() => given.admit(service(`external:${MAIN}`), {})).toThrow(
      'and none is named',
    );
  });

  it.each([
    [{ subject: MAIN }, 'expected "entities" or "fromSourceRepository: true"'],
    [{ subject: '**', entities: ['web'] }, 'which is anybody'],
    [{ subject: MAIN, entities: ['a/b/c'] }, 'expected an entity reference'],
  ])('refuses %j', (entry, message) => {
    expect(() => subjects([entry])).toThrow(message);
  });
});

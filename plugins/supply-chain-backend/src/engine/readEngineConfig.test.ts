import { resolve } from 'node:path';
import { ConfigReader } from '@backstage/config';
import { AnnotatedImageRules } from '../inventory/AnnotatedImageRules';
import { readEngineConfig } from './readEngineConfig';

const read = (supplyChain: object) =>
  readEngineConfig(new ConfigReader({ supplyChain } as never));

describe('readEngineConfig', () => {
  it('has standards for everything', () => {
    expect(readEngineConfig(new ConfigReader({}))).toEqual({
      policySources: [],
      exploitData: [],
      annotatedImages: expect.any(AnnotatedImageRules),
      reverificationIntervalMs: 6 * 3_600_000,
      concurrency: 8,
      keepImagesMs: 30 * 86_400_000,
      keepHistoryMs: 400 * 86_400_000,
    });
  });

  it('reads files, addresses and durations', () => {
    expect(
      read({
        policies: [
          { file: 'policies/default.yaml' },
          { url: 'https://policies.acme.example/base.yaml' },
        ],
        reverification: { interval: { hours: 1 }, concurrency: 2 },
        retention: { images: '10 days', history: { days: 20 } },
      }),
    ).toEqual({
      exploitData: [],
      policySources: [
        { type: 'file', path: resolve('policies/default.yaml') },
        { type: 'url', url: 'https://policies.acme.example/base.yaml' },
      ],
      annotatedImages: expect.any(AnnotatedImageRules),
      reverificationIntervalMs: 3_600_000,
      concurrency: 2,
      keepImagesMs: 10 * 86_400_000,
      keepHistoryMs: 20 * 86_400_000,
    });
  });

  it.each([[{}], [{ file: 'a', url: 'https://a.acme.example' }]])(
    'refuses the entry %j',
    entry => {
      expect(() => read({ policies: [entry] })).toThrow(
        'expected either "file" or "url"',
      );
    },
  );

  it('reads limits on claims', () => {
    const entry = { namespaces: ['a-*'], entities: { owner: ['team-a'] } };
    expect(read({ namespaceClaims: [entry] }).namespaceClaims).toEqual({
      rules: [entry],
      unnamed: 'allow',
    });
    expect(read({ namespaceClaimsDefault: 'deny' }).namespaceClaims).toEqual({
      rules: [],
      unnamed: 'deny',
    });
  });

  it('refuses limits on claims it does not understand', () => {
    expect(() => read({ namespaceClaims: [{ namespaces: ['a'] }] })).toThrow(
      'The limits on claims under "supplyChain" cannot be read: namespaceClaims[0].entities: expected object, got nothing',
    );
  });
});

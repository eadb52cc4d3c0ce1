import { ConfigReader } from '@backstage/config';
import {
  ImageReference,
  parseImageReference,
} from 'backstage-plugin-supply-chain-common';
import { AnnotatedImageRules } from './AnnotatedImageRules';

const rulesOf = (supplyChain: object) =>
  AnnotatedImageRules.fromConfig(new ConfigReader({ supplyChain } as never));

function referenceOf(text: string): ImageReference {
  const parsed = parseImageReference(text);
  if (!parsed.ok) {
    throw new Error(`Expected a reference, got ${text}`);
  }
  return parsed.reference;
}

const OWN = { registries: [{ host: 'registry.acme.example' }] };

describe('AnnotatedImageRules', () => {
  it.each([
    ['a registry that is not configured', {}, 'quay.io/acme/web:1', 'always'],
    [
      'one of their own registries',
      OWN,
      'registry.acme.example/shop/web:1',
      'whenLinked',
    ],
    [
      'another host below it',
      OWN,
      'eu.registry.acme.example/shop/web:1',
      'always',
    ],
    [
      'an image the operator allows',
      {
        ...OWN,
        annotatedImages: { allow: ['registry.acme.example/shop/**'] },
      },
      'registry.acme.example/shop/web:1',
      'always',
    ],
    [
      'an image beside it',
      {
        ...OWN,
        annotatedImages: { allow: ['registry.acme.example/shop/**'] },
      },
      'registry.acme.example/shopping/web:1',
      'whenLinked',
    ],
    [
      'Docker Hub by another of its names',
      { registries: [{ host: 'index.docker.io' }] },
      'nginx:1',
      'whenLinked',
    ],
  ])('of %s says when it may be read', (_, config, text, expected) => {
    expect(rulesOf(config).accessTo(referenceOf(text))).toBe(expected);
  });

  it('tells another set of rules', () => {
    const digest = rulesOf(OWN).digest;
    expect(rulesOf(OWN).digest).toBe(digest);
    expect(rulesOf({}).digest).not.toBe(digest);
    expect(
      rulesOf({ ...OWN, annotatedImages: { allow: ['quay.io/acme/**'] } })
        .digest,
    ).not.toBe(digest);
  });

  it.each(['**', 'acme/web', 'quay.io/acme**', 'quay.io/acme/web:1'])(
    'refuse the pattern "%s", which would match nothing or too much',
    text => {
      expect(() => rulesOf({ annotatedImages: { allow: [text] } })).toThrow(
        `got "${text}"`,
      );
    },
  );
});

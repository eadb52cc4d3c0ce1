import { parseFamiliarName } from '@swimlane/docker-reference';
import fc from 'fast-check';
import {
  canonicalRegistryDomain,
  formatImageReference,
  parseImageReference,
  registryApiHost,
} from './imageReference';

const HEX = '0123456789abcdef'.repeat(4);
const SHA256 = `sha256:${HEX}`;
const SHA512 = `sha512:${HEX}${HEX}`;

function parsed(text: string) {
  const result = parseImageReference(text);
  if (!result.ok) {
    throw new Error(`expected a reference, got "${result.reason}"`);
  }
  return result.reference;
}

describe('parseImageReference', () => {
  it.each([
    ['nginx', 'docker.io/library/nginx:latest'],
    ['nginx:1.27', 'docker.io/library/nginx:1.27'],
    ['acme/web', 'docker.io/acme/web:latest'],
    ['docker.io/nginx', 'docker.io/library/nginx:latest'],
    ['index.docker.io/nginx', 'docker.io/library/nginx:latest'],
    ['registry-1.docker.io/acme/web:2', 'docker.io/acme/web:2'],
    ['localhost/web', 'localhost/web:latest'],
    ['localhost:5000/web', 'localhost:5000/web:latest'],
    ['localhost', 'docker.io/library/localhost:latest'],
    ['127.0.0.1:7050/shop/web:1.0.0', '127.0.0.1:7050/shop/web:1.0.0'],
    ['Quay.IO/acme/web:V1', 'quay.io/acme/web:V1'],
    [`quay.io/acme/web@${SHA256}`, `quay.io/acme/web@${SHA256}`],
    [`web:tag@${SHA256}`, `docker.io/library/web:tag@${SHA256}`],
    [`web@${SHA512}`, `docker.io/library/web@${SHA512}`],
    ['a.b/c__d/e---f/g.h_i', 'a.b/c__d/e---f/g.h_i:latest'],
    ['sha256:1', 'docker.io/library/sha256:1'],
  ])('reads %s as %s', (text, normal) => {
    expect(formatImageReference(parsed(text))).toBe(normal);
  });

  it('gives the parts of a reference with port, tag and digest', () => {
    expect(parsed(`registry.acme.example:5000/shop/web:1@${SHA256}`)).toEqual({
      domain: 'registry.acme.example:5000',
      path: 'shop/web',
      repository: 'registry.acme.example:5000/shop/web',
      tag: '1',
      digest: SHA256,
    });
  });

  it('invents no tag beside a digest', () => {
    expect(parsed(`web@${SHA256}`)).not.toHaveProperty('tag');
  });

  it.each([
    ['', 'empty'],
    ['[::1]:5000/web', 'ipv6Host'],
    ['[fd00:ec2::254]/web', 'ipv6Host'],
    ['fd00:ec2::254/web', 'malformedHost'],
    ['acme/Web', 'upperCasePath'],
    ['Acme/web', 'upperCasePath'],
    ['LOCALHOST/web', 'upperCasePath'],
    [HEX, 'identifierWithoutRepository'],
    [SHA256, 'identifierWithoutRepository'],
    ['web@sha256:abc', 'malformedDigest'],
    [`web@sha256:${HEX.toUpperCase()}`, 'malformedDigest'],
    [`web@md5:${HEX.slice(32)}`, 'malformedDigest'],
    [`web@${SHA256}@${SHA256}`, 'malformedDigest'],
    ['web@', 'malformedDigest'],
    ['web:', 'malformedTag'],
    ['web:-1', 'malformedTag'],
    [`web:${'a'.repeat(129)}`, 'malformedTag'],
    ['web:1:2', 'malformedPath'],
    ['a//b', 'malformedPath'],
    ['a/b/', 'malformedPath'],
    ['/a', 'malformedPath'],
    ['a/../b', 'malformedPath'],
    ['a/-b', 'malformedPath'],
    ['a/b-', 'malformedPath'],
    ['a/b..c', 'malformedPath'],
    ['a/b___c', 'malformedPath'],
    ['a/b._c', 'malformedPath'],
    ['a b', 'malformedPath'],
    ['web\n', 'malformedPath'],
    ['docker://web', 'malformedHost'],
    ['user@quay.io/web', 'malformedDigest'],
    ['quay.io:0/web', 'malformedHost'],
    ['quay.io:65536/web', 'malformedHost'],
    ['quay.io:/web', 'malformedHost'],
    ['quay.io./web', 'malformedHost'],
    ['-quay.io/web', 'malformedHost'],
    ['quay..io/web', 'malformedHost'],
    ['qu%61y.io/web', 'malformedHost'],
    ['127.1/web', 'malformedHost'],
    ['0x7f.0.0.1/web', 'malformedHost'],
    ['0177.0.0.1/web', 'malformedHost'],
    ['256.0.0.1/web', 'malformedHost'],
    ['1.2.3.4.5/web', 'malformedHost'],
    [`${'a'.repeat(64)}.example/web`, 'malformedHost'],
    [`${'a.'.repeat(127)}a/web`, 'malformedHost'],
    [`quay.io/${'a'.repeat(248)}`, 'tooLong'],
    ['a'.repeat(100_000), 'tooLong'],
  ])('refuses %j: %s', (text, reason) => {
    expect(parseImageReference(text)).toEqual({ ok: false, reason });
  });

  const component = fc.stringMatching(
    /^[a-z0-9]{1,6}([._-][a-z0-9]{1,4}){0,2}$/,
  );
  const host = fc.constantFrom(
    undefined,
    'localhost',
    'localhost:5000',
    'docker.io',
    'index.docker.io',
    'quay.io',
    'registry.acme.example:5000',
    '127.0.0.1:7050',
  );
  const name = fc
    .tuple(host, fc.array(component, { minLength: 1, maxLength: 3 }))
    // Without a host, a dot in the first component would make it one.
    .filter(([domain, [first, ...rest]]) =>
      Boolean(domain || rest.length === 0 || !first.includes('.')),
    )
    .map(([domain, path]) => [...(domain ? [domain] : []), ...path].join('/'));
  const reference = fc
    .tuple(
      name,
      fc.option(fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,10}$/), {
        nil: undefined,
      }),
      fc.constantFrom(undefined, SHA256, SHA512),
    )
    .map(
      ([text, tag, digest]) =>
        `${text}${tag === undefined ? '' : `:${tag}`}${
          digest === undefined ? '' : `@${digest}`
        }`,
    );

  it('agrees with the port of distribution/reference on every well-formed text', () => {
    fc.assert(
      fc.property(reference, text => {
        const theirs = parseFamiliarName(text);
        const ours = parsed(text);
        expect([ours.domain, ours.path, ours.digest]).toEqual([
          theirs.domain,
          theirs.repository,
          theirs.digest,
        ]);
        const defaultTag = theirs.digest ? undefined : 'latest';
        expect(ours.tag).toBe(theirs.tag ?? defaultTag);
      }),
      { numRuns: 500 },
    );
  });

  it('reads its own normal form as the same reference', () => {
    fc.assert(
      fc.property(reference, text => {
        const first = parsed(text);
        expect(parsed(formatImageReference(first))).toEqual(first);
      }),
    );
  });

  it('never throws, and accepts only what round-trips, on hostile text', () => {
    const piece = fc.constantFrom(
      ...['/', ':', '@', '.', '-', '_', '__', '[', ']', '%2f', '\u202e', '\0'],
      ...[
        'a',
        'A',
        '0',
        'docker.io',
        'localhost',
        SHA256,
        'sha256',
        '://',
        '..',
      ],
    );
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 700 }),
      fc.array(piece, { maxLength: 12 }).map(pieces => pieces.join('')),
    );
    fc.assert(
      fc.property(hostile, text => {
        const result = parseImageReference(text);
        if (!result.ok) {
          return;
        }
        const normal = formatImageReference(result.reference);
        expect(parseImageReference(normal)).toEqual(result);
        expect(normal).toMatch(/^[a-zA-Z0-9._:/@-]+$/);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the registry of a domain', () => {
  it('is registry-1.docker.io for Docker Hub and the domain itself otherwise', () => {
    expect(registryApiHost('docker.io')).toBe('registry-1.docker.io');
    expect(registryApiHost('quay.io')).toBe('quay.io');
  });

  it('has one spelling for all names of Docker Hub', () => {
    expect(
      ['Docker.io', 'INDEX.docker.io', 'registry-1.docker.io', 'Quay.io'].map(
        canonicalRegistryDomain,
      ),
    ).toEqual(['docker.io', 'docker.io', 'docker.io', 'quay.io']);
  });
});

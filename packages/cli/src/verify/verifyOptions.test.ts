import { parseOptions } from '../commandLine/parseOptions';
import { readVerifyOptions, VERIFY_OPTIONS } from './verifyOptions';

const read = (...argv: string[]) =>
  readVerifyOptions(
    parseOptions(
      ['registry.acme.example/shop/web:1.0.0', '--policy', 'p.yaml', ...argv],
      VERIFY_OPTIONS,
    ),
  );

describe('readVerifyOptions', () => {
  it('has defaults', () => {
    expect(read()).toEqual({
      images: [
        {
          imageRef: 'registry.acme.example/shop/web:1.0.0',
          reference: expect.objectContaining({ path: 'shop/web' }),
        },
      ],
      policyFile: 'p.yaml',
      outputs: [{ format: 'text' }],
      insecureRegistries: [],
      timeoutMs: 300_000,
    });
  });

  it('reads every option', () => {
    expect(
      read(
        ...['--output', 'json', '--now', '2026-12-03T12:00:00Z'],
        ...['--insecure-registry', 'LOCALHOST:5000'],
        ...['--insecure-registry', 'index.docker.io'],
        ...['--source-repository', 'https://github.com/acme/web'],
        ...['--state', 'state', '--timeout', '1.5'],
      ),
    ).toMatchObject({
      outputs: [{ format: 'json' }],
      now: new Date('2026-12-03T12:00:00Z'),
      insecureRegistries: ['localhost:5000', 'docker.io'],
      sourceRepository: 'https://github.com/acme/web',
      stateDirectory: 'state',
      timeoutMs: 1500,
    });
  });

  it.each([
    ['--output', 'yaml'],
    ['--now', 'yesterday'],
    ['--insecure-registry', 'http://registry.acme.example'],
    ['--insecure-registry', 'registry.acme.example/shop'],
    ['--insecure-registry', 'acme'],
    ['--insecure-registry', '[::1]:5000'],
    ['--source-repository', 'github.com/acme/web'],
    ['--source-repository', 'http://github.com/acme/web'],
    ['--source-repository', 'https://user:secret@github.com/acme/web'],
    ['--timeout', '0'],
    ['--timeout', '-1'],
    ['--timeout', '1e9'],
    ['--timeout', '90000'],
    ['--timeout', 'soon'],
  ])('refuses %s %s', (option, value) => {
    expect(() => read(`${option}=${value}`)).toThrow(`expected ${option}`);
  });

  it('names every image that is none', () => {
    expect(() => read('UPPER/case', 'a b')).toThrow(
      /"UPPER\/case": referenceUnreadable \(upperCasePath\)\n.*"a b": referenceUnreadable/,
    );
  });
});

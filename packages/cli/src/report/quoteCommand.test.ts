import { execFileSync } from 'node:child_process';
import { quoteCommand } from './quoteCommand';

describe('quoteCommand', () => {
  it('leaves plain arguments as they are', () => {
    expect(
      quoteCommand(['cosign', 'sign', 'registry.acme.example/a@sha256:00ff']),
    ).toBe('cosign sign registry.acme.example/a@sha256:00ff');
  });

  it.each([
    "it's",
    '$(id)',
    '`id`',
    'a b',
    '',
    '*',
    ';id',
    '~',
    'a=b',
    '"',
    '\\',
    "'\\''",
  ])('a shell reads %j as it was', argument => {
    const output = execFileSync('/bin/sh', [
      '-c',
      `printf '%s' ${quoteCommand(['x', argument])!.slice(2)}`,
    ]);
    expect(output.toString()).toBe(argument);
  });

  it.each(['\u001b[2J', '\u202e', 'a\nb'])('gives no command with %j', each => {
    expect(quoteCommand(['cosign', each])).toBeUndefined();
  });

  it('gives no empty command', () => {
    expect(quoteCommand([])).toBeUndefined();
  });
});

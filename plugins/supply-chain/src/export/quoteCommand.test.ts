import { quoteCommand } from './quoteCommand';

describe('quoteCommand', () => {
  it('leaves plain arguments and quotes the rest', () => {
    expect(quoteCommand(['cosign', 'verify', '--key', "o'brien $HOME"])).toBe(
      `cosign verify --key 'o'\\''brien $HOME'`,
    );
  });

  it('quotes what a shell expands at the start of a word', () => {
    expect(quoteCommand(['echo', '~', '=ls', ''])).toBe("echo '~' '=ls' ''");
  });

  it('breaks lines before options and before the image', () => {
    expect(
      quoteCommand(['cosign', 'verify', '--key', 'k.pub', 'r.example/a'], {
        multiline: true,
      }),
    ).toBe('cosign verify \\\n  --key k.pub \\\n  r.example/a');
  });

  it('offers nothing when a terminal would act on a character', () => {
    expect(quoteCommand(['cosign', 'a\u0015reboot'])).toBeUndefined();
    expect(quoteCommand([])).toBeUndefined();
  });
});

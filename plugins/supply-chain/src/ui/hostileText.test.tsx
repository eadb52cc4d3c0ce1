import { render, screen } from '@testing-library/react';
import { HOSTILE_STRINGS } from '../__testUtils__/hostileStrings';
import { escapeHostileText, hasUnseenCharacters } from './escapeHostileText';
import { HostileText } from './HostileText';
import { SafeLink } from './SafeLink';
import { safeUrl } from './safeUrl';

describe('escapeHostileText', () => {
  it('writes out what is not seen', () => {
    expect(escapeHostileText('a\u202eb\u0007c\n\u{e0041}')).toBe(
      'a\\u{202e}b\\u{7}c\\u{a}\\u{e0041}',
    );
  });

  it('leaves seen text of every script alone', () => {
    const text = 'Größe – 漢字 العربية 😀 é';
    expect(escapeHostileText(text)).toBe(text);
  });

  it.each(HOSTILE_STRINGS)('leaves nothing unseen in %j', text => {
    expect(hasUnseenCharacters(escapeHostileText(text))).toBe(false);
  });
});

describe('HostileText', () => {
  it.each(HOSTILE_STRINGS)('shows %j as text and nothing else', text => {
    const { container } = render(<HostileText text={text} />);
    expect(container.querySelector('img, script, a')).toBeNull();
    expect(container).toHaveTextContent(escapeHostileText(text), {
      normalizeWhitespace: false,
    });
  });
});

describe('safeUrl', () => {
  it.each([
    'http://plain.example/',
    // eslint-disable-next-line no-script-url -- it is what must be refused
    'javascript:alert(1)',
    'data:text/html,x',
    '//host.example',
    'not a link',
    'https://user@evil.example/',
    'https://a:b@evil.example/',
    'https://exa\u200bmple.example/',
    undefined,
  ])('refuses %s', text => {
    expect(safeUrl(text)).toBeUndefined();
  });

  it('shows a name with foreign letters as it is resolved', () => {
    expect(safeUrl('https://аpple.example/')?.host).toMatch(/^xn--/);
  });
});

describe('SafeLink', () => {
  it('shows the host and tells it nothing', () => {
    render(<SafeLink url="https://nvd.example/CVE-1" text="CVE-1" />);
    const link = screen.getByRole('link', { name: 'CVE-1 (nvd.example)' });
    expect(link).toHaveAttribute('rel', 'noopener noreferrer');
  });

  it.each(HOSTILE_STRINGS)('makes no link of %j', text => {
    render(<SafeLink url={text} text={text} />);
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
  });
});

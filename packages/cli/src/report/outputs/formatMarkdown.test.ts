import { escapeHostileText } from 'backstage-plugin-supply-chain-common';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import {
  exampleReport,
  exampleResult,
  hostileReport,
  notCoveredResult,
} from '../../__testUtils__/exampleReport';
import { HOSTILE_STRINGS } from '../../__testUtils__/hostileStrings';
import { escapeMarkdown, formatMarkdown } from './formatMarkdown';

/** As a forge renders it: with its extensions, and with HTML. */
const render = (markdown: string) =>
  micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });

const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
};

/** What a reader sees. */
const textOf = (html: string) =>
  html
    .replace(/<\/?[a-z][^>]*>/g, '')
    .replace(/&(?:amp|lt|gt|quot);/g, entity => ENTITIES[entity]);

describe('formatMarkdown', () => {
  it('shows what to deploy, what was found and who waived it', () => {
    const html = render(
      formatMarkdown(exampleReport([exampleResult(), notCoveredResult()])),
    );
    const text = textOf(html);
    expect(html.match(/<table>/g)).toHaveLength(1);
    expect(html.match(/<tr>/g)).toHaveLength(7);
    expect(text).toContain('Supply chain: 2 images: 1 fail, 1 not covered');
    expect(text).toContain(
      `Deploy: registry.acme.example/shop/web@sha256:${'a'.repeat(64)}`,
    );
    expect(text).toContain('Scan: present, 1 critical, 2 high, 1 with a fix');
    expect(text).toContain(
      'Waived by sec-412 until 2026-12-03T12:00:00Z: The scanner moves house',
    );
    expect(text).toContain('From 2026-12-01T00:00:00Z on it fails.');
    expect(text).toContain('Deploy: nothing: no digest is known');
    expect(text).toContain('No policy covers this image. (noPolicyMatches)');
    expect(text).toContain('Judged as of 2026-11-21T12:00:00.000Z.');
  });

  it('says that the time was given', () => {
    const report = { ...exampleReport(), clock: 'injected' as const };
    expect(formatMarkdown(report)).toContain('(this time was given)');
  });

  it.each(HOSTILE_STRINGS)('renders %j as itself', text => {
    const html = render(escapeMarkdown(text));
    expect(html.replace(/<\/?(?:p|span)>/g, '')).not.toMatch(/<[a-z!/?]/);
    expect(textOf(html).trim()).toBe(escapeHostileText(text).trim());
    // No forge makes a mention, a reference or an address of it.
    expect(html).not.toMatch(/@\w|#\d|\w@/);
  });

  it.each(HOSTILE_STRINGS)('keeps its structure around %j', text => {
    const markdown = formatMarkdown(hostileReport(text));
    const html = render(markdown);
    expect(html.match(/<table>/g)).toHaveLength(1);
    expect(html.match(/<tr>/g)).toHaveLength(6);
    expect(html.match(/<td>/g)).toHaveLength(25);
    expect(html).not.toMatch(
      /<(?:a|img|script|code|pre|del|strong|em|input)\b/,
    );
    expect(markdown).not.toMatch(/^\s*::/m);
  });
});

import { XMLParser, XMLValidator } from 'fast-xml-parser';
import {
  exampleReport,
  exampleResult,
  hostileReport,
  notCoveredResult,
} from '../../__testUtils__/exampleReport';
import { HOSTILE_STRINGS } from '../../__testUtils__/hostileStrings';
import { escapeHostileText } from 'backstage-plugin-supply-chain-common';
import { formatJunit } from './formatJunit';

const LISTS = ['testsuite', 'testcase'];

function read(xml: string) {
  expect(XMLValidator.validate(xml)).toBe(true);
  return new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    isArray: name => LISTS.includes(name),
    parseAttributeValue: false,
    parseTagValue: false,
    trimValues: false,
    htmlEntities: true,
  }).parse(xml).testsuites;
}

describe('formatJunit', () => {
  it('has a suite for each image and policy, with its counts', () => {
    const root = read(formatJunit(exampleReport()));
    expect(root).toMatchObject({
      name: 'supply-chain',
      tests: '6',
      failures: '1',
      errors: '1',
      skipped: '2',
    });
    expect(root.testsuite).toMatchObject([
      {
        name: 'registry.acme.example/shop/web:1.4.0 default',
        tests: '5',
        failures: '1',
        errors: '0',
        skipped: '2',
        timestamp: '2026-11-21T12:00:00.000Z',
      },
      { name: 'registry.acme.example/shop/web:1.4.0 second', errors: '1' },
    ]);
  });

  it('says what each rule came to', () => {
    const [first, second] = read(formatJunit(exampleReport())).testsuite;
    const [failed, passed, warned, waived, notApplicable] = first.testcase;
    expect(failed).toMatchObject({
      name: 'image-signed: Signed by a trusted root',
      classname: 'default.registry.acme.example/shop/web:1.4.0',
      failure: {
        type: 'noSignature',
        message: 'The image has no signature.',
        '#text': expect.stringContaining('cosign sign registry.acme.example'),
      },
    });
    expect(Object.keys(passed)).toEqual(['name', 'classname', 'time']);
    expect(warned['system-out']).toBe('warning: There is 1 to fix.');
    expect(waived.skipped.message).toBe(
      'waived by sec-412 until 2026-12-03T12:00:00Z: The scanner moves house – The last scan is older than 24 hours.',
    );
    expect(notApplicable.skipped.message).toBe('The image is third-party.');
    expect(second.testcase[0].error).toMatchObject({
      type: 'registryUnavailable',
      message: 'The registry does not answer.',
    });
  });

  it('does not let an image that no policy covers look well', () => {
    const root = read(
      formatJunit(exampleReport([exampleResult(), notCoveredResult()])),
    );
    expect(root.testsuite[2]).toMatchObject({
      errors: '1',
      testcase: [{ error: { type: 'noPolicyMatches' } }],
    });
  });

  it.each(HOSTILE_STRINGS)('keeps %j a text', text => {
    const xml = formatJunit(hostileReport(text));
    const [suite] = read(xml).testsuite;
    const shown = escapeHostileText(text).replace(
      /[\ufffe\uffff]/g,
      character => `\\u{${character.charCodeAt(0).toString(16)}}`,
    );
    expect(suite.testcase).toHaveLength(5);
    expect(suite.testcase[0].failure.message).toBe(shown);
    expect(suite.testcase[0].failure['#text']).toContain(shown);
    expect(xml).not.toMatch(/##|^\s*::/m);
  });
});

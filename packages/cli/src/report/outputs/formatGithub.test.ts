import {
  exampleFinding,
  exampleReport,
  exampleResult,
  hostileReport,
  notCoveredResult,
} from '../../__testUtils__/exampleReport';
import { HOSTILE_STRINGS } from '../../__testUtils__/hostileStrings';
import { formatGithub } from './formatGithub';

// What a runner takes for a command, and how it decodes one.
const COMMAND = /^::(error|warning|notice)(?: title=([^,:]*))?::(.*)$/;
const decode = (text: string) =>
  text
    .replace(/%3A/g, ':')
    .replace(/%2C/g, ',')
    .replace(/%0A/g, '\n')
    .replace(/%25/g, '%');

function read(text: string) {
  const lines = text.split('\n');
  expect(lines.pop()).toBe('');
  return lines.map(line => {
    const [, level, title = '', message] = COMMAND.exec(line) ?? [];
    return { level, title: decode(title), message: decode(message ?? '') };
  });
}

describe('formatGithub', () => {
  it('annotates what fails, will fail, is waived or cannot be told', () => {
    expect(read(formatGithub(exampleReport()))).toEqual([
      {
        level: 'error',
        title:
          'registry.acme.example/shop/web:1.4.0: Signed by a trusted root (policy default)',
        message: expect.stringMatching(/^The image has no signature\. /),
      },
      expect.objectContaining({ level: 'warning' }),
      {
        level: 'error',
        title: expect.stringContaining('(policy second)'),
        message: expect.stringMatching(/^Cannot tell: The registry/),
      },
      {
        level: 'notice',
        title: expect.any(String),
        message: expect.stringMatching(/^Waived until 2026-12-03T12:00:00Z: /),
      },
    ]);
  });

  it('shows that no policy covers an image', () => {
    expect(read(formatGithub(exampleReport([notCoveredResult()])))).toEqual([
      {
        level: 'error',
        title: 'registry.acme.example/shop/other:1.0.0: cannot tell',
        message: 'No policy covers this image. (noPolicyMatches)',
      },
    ]);
  });

  it('says how many more there are', () => {
    const findings = Array(60).fill(exampleFinding());
    const lines = read(
      formatGithub(exampleReport([exampleResult({ findings })])),
    );
    expect(lines).toHaveLength(51);
    expect(lines[50]).toMatchObject({
      level: 'notice',
      message: '10 more findings are not shown here',
    });
  });

  it.each(HOSTILE_STRINGS)('makes no command of %j', text => {
    const output = formatGithub(hostileReport(text));
    const lines = read(output);
    expect(lines.map(({ level }) => level)).toEqual([
      'error',
      'error',
      'warning',
      'notice',
    ]);
    expect(output).not.toContain('##');
  });
});

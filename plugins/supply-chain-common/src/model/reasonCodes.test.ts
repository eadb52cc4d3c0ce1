import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { REASON_CODES, ReasonCode, reasonDefinition } from './reasonCodes';

const troubleshooting = resolve(
  __dirname,
  '../../../../docs/troubleshooting.md',
);

const sections: Array<[string, string]> = [
  ['signature', 'Signatures'],
  ['provenance', 'Provenance'],
  ['registry', 'Registries and references'],
  ['scan', 'Scans'],
  ['inventory', 'Running containers'],
  ['policy', 'Policy'],
  ['document', 'Policy documents'],
  ['source', 'Clusters and other sources'],
  ['admission', 'Admission'],
  ['enforcer', 'Other enforcers'],
];

function renderEntry(code: ReasonCode): string {
  const { meaning, advice, status } = reasonDefinition(code);
  const statusLine = status ? `Signature status: \`${status}\`.\n\n` : '';
  return `### ${code}\n\n${meaning}\n\n${statusLine}**What to do:** ${advice}\n`;
}

function renderDocument(): string {
  const codes = Object.keys(REASON_CODES) as ReasonCode[];
  const parts = sections.map(([about, title]) => {
    const entries = codes
      .filter(code => reasonDefinition(code).about === about)
      .map(renderEntry);
    return `## ${title}\n\n${entries.join('\n')}`;
  });
  return `# Troubleshooting

Every refusal, warning and "can't tell" carries a reason code. Each has an entry here; pages, the API, the log
and the command line use the same codes.

${parts.join('\n')}`;
}

describe('REASON_CODES', () => {
  it('has one entry for each code in docs/troubleshooting.md', () => {
    const expected = renderDocument();
    if (process.env.UPDATE_DOCS) {
      writeFileSync(troubleshooting, expected);
    }
    expect(readFileSync(troubleshooting, 'utf8')).toBe(expected);
  });

  it('says what each code means and what to do, in whole sentences', () => {
    for (const code of Object.keys(REASON_CODES) as ReasonCode[]) {
      const { meaning, advice } = reasonDefinition(code);
      expect(meaning).toMatch(/^[A-Z].*\.$/);
      expect(advice).toMatch(/^[A-Z].*\.$/);
    }
  });
});

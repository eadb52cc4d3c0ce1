import { trivyReport } from '../__testUtils__/trivyReport';
import { openVex } from '../__testUtils__/openVex';
import { parseReport, parseVex } from './parseReport';

jest.setTimeout(60_000);

const bytes = (text: string) => new TextEncoder().encode(text);

describe('a report that is handed in', () => {
  it.each([Infinity, 0])(
    'is read the same in a thread of its own: from %s bytes on',
    async threadFromBytes => {
      const given = bytes(trivyReport({ fixable: ['CVE-2026-9'] }));
      const parsed = await parseReport(given, { threadFromBytes });
      expect(parsed).toMatchObject({
        ok: true,
        report: {
          format: 'trivy',
          detail: { findings: [{ id: 'CVE-2026-9' }] },
        },
      });
      expect(
        await parseReport(bytes('nonsense'), { threadFromBytes }),
      ).toMatchObject({ ok: false, reason: 'malformedReport' });
    },
  );

  it.each([Infinity, 0])(
    'is read the same as VEX: from %s bytes on',
    async threadFromBytes => {
      expect(
        await parseVex(bytes(openVex()), { threadFromBytes }),
      ).toMatchObject({
        ok: true,
        report: { statements: [{ names: ['CVE-2026-9'] }] },
      });
    },
  );

  it('is read no further when nobody waits for it', async () => {
    const gone = new AbortController();
    const given = bytes(trivyReport({ fixable: ['CVE-2026-9'] }));
    const read = (threadFromBytes: number) =>
      parseReport(given, { threadFromBytes, signal: gone.signal });
    const inThread = read(0);
    gone.abort(new Error('gone'));
    const reads = [inThread, read(0), read(Infinity)];
    expect(await Promise.allSettled(reads)).toEqual(
      reads.map(() => ({ status: 'rejected', reason: new Error('gone') })),
    );
  });
});

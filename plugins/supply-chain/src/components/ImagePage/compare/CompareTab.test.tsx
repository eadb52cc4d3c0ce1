import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  comparisonCandidates,
  imageComparison,
  OTHER_DIGEST,
} from '../../../__testUtils__/comparisonReports';
import { HOSTILE_STRINGS } from '../../../__testUtils__/hostileStrings';
import {
  fakeApi,
  renderPage,
  responseError,
} from '../../../__testUtils__/renderPage';
import { imageReport, REPOSITORY } from '../../../__testUtils__/reports';
import { hasUnseenCharacters } from '../../../ui/escapeHostileText';
import { CompareTab } from './CompareTab';

const PATH = `/?repository=${REPOSITORY}&tab=compare`;
const CHOSEN = `${PATH}&with=${OTHER_DIGEST}`;

const page = () => <CompareTab report={imageReport()} />;

describe('choosing what to compare with', () => {
  it('offers what ran before, and compares with it', async () => {
    const api = fakeApi();
    await renderPage(page(), { path: PATH, api });
    expect(await screen.findByText(/ran here before/)).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: /Compare with .*2\.14\.0/ }),
    );
    expect(
      await screen.findByRole('region', { name: 'Side by side' }),
    ).toBeInTheDocument();
    expect(api.getImageComparison).toHaveBeenCalledWith(
      expect.objectContaining({
        repository: REPOSITORY,
        withRepository: REPOSITORY,
        withDigest: OTHER_DIGEST,
      }),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Choose another image' }),
    );
    expect(await screen.findByText(/ran here before/)).toBeInTheDocument();
  });

  it('takes any digest, of another repository too, and says what is none', async () => {
    const api = fakeApi({
      getComparisonCandidates: async () => comparisonCandidates([]),
    });
    await renderPage(page(), { path: PATH, api });
    expect(await screen.findByText(/Nothing else runs/)).toBeInTheDocument();
    const submit = screen.getByRole('button', { name: 'Compare' });
    await userEvent.type(screen.getByLabelText(/^Digest/), 'sha256:12');
    await userEvent.click(submit);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'A digest is "sha256:" and 64 hexadecimal digits.',
    );
    expect(api.getImageComparison).not.toHaveBeenCalled();
    fireEvent.change(screen.getByLabelText(/^Digest/), {
      target: { value: ` ${OTHER_DIGEST} ` },
    });
    fireEvent.change(screen.getByLabelText('Repository'), {
      target: { value: 'registry.acme.example/other' },
    });
    await userEvent.click(submit);
    await screen.findByRole('region', { name: 'Side by side' });
    expect(api.getImageComparison).toHaveBeenCalledWith(
      expect.objectContaining({
        withRepository: 'registry.acme.example/other',
        withDigest: OTHER_DIGEST,
      }),
    );
  });
});

describe('a comparison', () => {
  it('begins with a sentence', async () => {
    await renderPage(page(), { path: CHOSEN });
    expect(
      await screen.findByText(
        "1 fixed, 1 new (1 critical), 1 changed, 1 can't tell whether new, 40 unchanged",
      ),
    ).toBeInTheDocument();
  });

  it('says why it cannot tell, never "fixed" (L8)', async () => {
    const base = imageComparison();
    const { image, with: other } = base;
    const api = fakeApi({
      getImageComparison: async () =>
        imageComparison({
          image: { ...image, incomplete: 'scanStale' },
          with: { ...other, incomplete: 'notScanned' },
          counts: {
            ...base.counts,
            new: base.counts.mayBeFixed,
            fixed: base.counts.mayBeFixed,
            mayBeFixed: base.counts.fixed,
          },
        }),
    });
    await renderPage(page(), { path: CHOSEN, api });
    expect(
      await screen.findByText(/can't be called new: There is no scan/),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/can't be called fixed: The last scan is older/),
    ).toBeInTheDocument();
  });

  it('sets facts side by side, with what is as expected', async () => {
    await renderPage(page(), { path: CHOSEN });
    const sides = await screen.findByRole('region', { name: 'Side by side' });
    const rowOf = (name: string | RegExp) =>
      within(within(sides).getByText(name).closest('tr')!);
    expect(rowOf('Signer').getByText('different')).toBeInTheDocument();
    expect(
      rowOf('Source commit').getByText('different, as expected'),
    ).toBeInTheDocument();
    expect(rowOf('Builder').getByText("can't tell")).toBeInTheDocument();
    expect(rowOf('Builder').getByText('only claimed')).toBeInTheDocument();
    expect(rowOf('Signature').getByText('Unsigned')).toBeInTheDocument();
    expect(rowOf('Provenance').getByText('Only claimed')).toBeInTheDocument();
    expect(rowOf('Provenance').getByText('Verified')).toBeInTheDocument();
    expect(rowOf(/^Base image/).getByText('different')).toBeInTheDocument();
  });

  it('lists findings with both versions, and asks the backend for the rest', async () => {
    const api = fakeApi();
    await renderPage(page(), { path: CHOSEN, api });
    const findings = await screen.findByRole('region', { name: 'Findings' });
    const changed = within(
      within(findings).getByText('CVE-2026-3').closest('tr')!,
    );
    expect(changed.getByText('3.0.1')).toBeInTheDocument();
    expect(changed.getByText('3.0.2')).toBeInTheDocument();
    const fixed = within(
      within(findings).getByText('CVE-2026-4').closest('tr')!,
    );
    expect(fixed.getByText('not in this image')).toBeInTheDocument();
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Change' }),
      'fixed',
    );
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Order' }),
      'package',
    );
    expect(api.getImageComparison).toHaveBeenLastCalledWith(
      expect.objectContaining({ change: 'fixed', sort: 'package', offset: 0 }),
    );
    expect(
      screen.getByRole('button', { name: /Export these 4 rows/ }),
    ).toBeEnabled();
    expect(screen.getByText('and 2 more')).toBeInTheDocument();
  });

  it.each([
    [404, /does not exist, or you may not see/],
    [403, /supply-chain.read/],
    [500, /Request failed with 500/],
  ])('shows what %d means', async (status, text) => {
    const error = await responseError(status, 'broken');
    const api = fakeApi({
      getImageComparison: async () => {
        throw error;
      },
    });
    await renderPage(page(), { path: CHOSEN, api });
    expect(await screen.findByText(text)).toBeInTheDocument();
  });

  it('refuses an address that holds no digest', async () => {
    const api = fakeApi();
    await renderPage(page(), { path: `${PATH}&with=latest`, api });
    expect(await screen.findByText(/A digest is/)).toBeInTheDocument();
    expect(api.getImageComparison).not.toHaveBeenCalled();
  });

  it.each(HOSTILE_STRINGS)('keeps %j text', async text => {
    const texts = ['name', 'packageName', 'path', 'installedVersion'];
    const hostile = JSON.parse(
      JSON.stringify(
        imageComparison({
          facts: [
            {
              id: 'signer',
              before: [text],
              after: [text, 'b'],
              result: 'different',
              expected: 'same',
            },
          ],
          packages: [{ name: text, before: [text], after: ['2'] }],
        }),
      ),
      (key, value) => {
        if (key === 'id' && value !== 'signer') {
          // Rows stay apart.
          return `${text}${value}`;
        }
        return texts.includes(key) ? text : value;
      },
    );
    const api = fakeApi({ getImageComparison: async () => hostile });
    const { container } = await renderPage(page(), { path: CHOSEN, api });
    await screen.findByRole('region', { name: 'Findings' });
    expect(hasUnseenCharacters(container.textContent ?? '')).toBe(false);
    expect(container.querySelector('script, img[src="x"]')).toBeNull();
    for (const link of container.querySelectorAll('a')) {
      expect(link.getAttribute('href')).toMatch(/^(\/|https:)/);
    }
  });
});

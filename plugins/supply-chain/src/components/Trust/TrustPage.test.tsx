import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  fakeApi,
  renderPage,
  responseError,
} from '../../__testUtils__/renderPage';
import {
  identityRoot,
  keyRoot,
  trustRootList,
} from '../../__testUtils__/trustReports';
import { TrustPage } from './TrustPage';

async function renderTrust(
  options: Parameters<typeof renderPage>[1] = {},
): Promise<void> {
  await renderPage(<TrustPage />, options);
}

async function rowOf(name: string): Promise<HTMLElement> {
  const button = await screen.findByLabelText(`Show details of ${name}`);
  return button.closest('tr')!;
}

describe('the trust roots', () => {
  it('say who signs, what ends, where they are used and what stands on them', async () => {
    await renderTrust();
    const keys = within(await rowOf('acme-release-key'));
    expect(keys.getByText('key 5415ab8b5415…')).toBeInTheDocument();
    expect(keys.getByText('nothing that ends')).toBeInTheDocument();
    expect(keys.getByText('Production')).toBeInTheDocument();
    expect(keys.getByText('12 images verified')).toBeInTheDocument();
    expect(
      keys.getByText('3 stand on one key or identity alone'),
    ).toBeInTheDocument();

    const identities = within(await rowOf('Releases of CI'));
    expect(
      identities.getByText(
        'every https://github.com/acme/*/.github/workflows/release.yml@refs/tags/*',
      ),
    ).toBeInTheDocument();
    expect(
      identities.getByText(
        'issued by https://token.actions.githubusercontent.com',
      ),
    ).toBeInTheDocument();
    expect(identities.getByText('no policy')).toBeInTheDocument();
    expect(identities.getByText('0 images verified')).toBeInTheDocument();
    expect(identities.getByText(/last vouched for/)).toBeInTheDocument();
  });

  it('mark what ends soon with a sign and words, and leave out what is renewed', async () => {
    await renderTrust();
    const row = within(await rowOf('Releases of CI'));
    const warning = row.getByText(/Certificate authority ends/);
    expect(warning.parentElement?.parentElement).toContainElement(
      (await rowOf('Releases of CI')).querySelector('svg'),
    );
    expect(row.queryByText(/TUF metadata/)).not.toBeInTheDocument();
  });

  it('show hostile text as it is', async () => {
    await renderTrust();
    expect(
      await screen.findByText(
        'sourceRepositoryUri: https://github.com/acme/\\u{202e}payments',
      ),
    ).toBeInTheDocument();
  });

  it('tell how to leave Docker Content Trust while something stands on it alone', async () => {
    await renderTrust();
    expect(
      await screen.findByText(
        '2 running images are signed with Docker Content Trust alone',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText(/2028-03-31/)).toBeInTheDocument();
    expect(screen.getByText(/with Cosign or the Notary Project/)).toBeVisible();
  });

  it('say nothing of Docker Content Trust where nothing stands on it', async () => {
    const list = trustRootList({ items: [keyRoot()], contentTrustOnly: 0 });
    await renderTrust({ api: fakeApi({ getTrustRoots: async () => list }) });
    await rowOf('acme-release-key');
    expect(screen.queryByText(/2028/)).not.toBeInTheDocument();
  });

  it('say what is missing where none is loaded', async () => {
    const list = trustRootList({ items: [], contentTrustOnly: 0 });
    await renderTrust({ api: fakeApi({ getTrustRoots: async () => list }) });
    expect(
      await screen.findByText(/No trust root is loaded/),
    ).toBeInTheDocument();
  });

  it('name the missing permission', async () => {
    const error = await responseError(403, 'no');
    await renderTrust({
      api: fakeApi({ getTrustRoots: () => Promise.reject(error) }),
    });
    expect(
      await screen.findByText(/supply-chain.trust.read is missing/),
    ).toBeInTheDocument();
  });

  it('show grey rows while they load', async () => {
    await renderTrust({
      api: fakeApi({ getTrustRoots: () => new Promise(() => {}) }),
    });
    expect(await screen.findByText('Loading…')).toBeInTheDocument();
  });
});

describe('a trust root that is opened', () => {
  it('lists the images that stand on one key, from the number that counts them', async () => {
    const api = fakeApi();
    await renderTrust({ api });
    const row = within(await rowOf('acme-release-key'));
    await userEvent.click(
      row.getByText('3 stand on one key or identity alone'),
    );
    const details = await screen.findByLabelText('Details of acme-release-key');
    expect(details).toHaveFocus();
    expect(api.getTrustRootImages).toHaveBeenLastCalledWith({
      trustRoot: 'acme-release-key',
      only: 'singleSigner',
      offset: 0,
      limit: 25,
    });
    const link = await within(details).findByText(
      'registry.acme.example/shop/web',
    );
    expect(link.closest('a')).toHaveAttribute(
      'href',
      expect.stringContaining('repository=registry.acme.example%2Fshop%2Fweb'),
    );
    expect(within(details).getByText(/No other accepted/)).toBeInTheDocument();
    expect(within(details).getByText('no service')).toBeInTheDocument();

    await userEvent.selectOptions(
      within(details).getByLabelText('Show', { selector: 'select' }),
      'Docker Content Trust alone',
    );
    expect(api.getTrustRootImages).toHaveBeenLastCalledWith(
      expect.objectContaining({ only: 'contentTrustOnly' }),
    );
  });

  it('says everything about it, from the address alone', async () => {
    const root = identityRoot();
    await renderTrust({
      path: '/?root=acme-ci&only=everything',
      api: fakeApi({
        getTrustRoots: async () => trustRootList({ items: [root] }),
        getTrustRootImages: async () => ({
          total: 0,
          items: [],
          sandbox: false,
        }),
      }),
    });
    const details = within(
      await screen.findByLabelText('Details of Releases of CI'),
    );
    expect(details.getByText('transparency log: required')).toBeInTheDocument();
    expect(
      details.getByText('timestamp: checked when there is one'),
    ).toBeInTheDocument();
    expect(details.getByText('Anybody may call it.')).toBeInTheDocument();
    expect(details.getByText('CN=fulcio')).toBeInTheDocument();
    expect(
      details.getByText(/\/etc\/policies\/trust.yaml/),
    ).toBeInTheDocument();
    expect(
      await details.findByText('No running image that you may see.'),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByLabelText('Hide details of Releases of CI'),
    );
    expect(
      screen.queryByLabelText('Details of Releases of CI'),
    ).not.toBeInTheDocument();
  });
});

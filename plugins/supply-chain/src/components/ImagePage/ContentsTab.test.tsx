import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { schema } from 'backstage-plugin-supply-chain-common';
import {
  IMAGE_CONTENTS,
  imageComponents,
} from '../../__testUtils__/contentReports';
import { HOSTILE_STRINGS } from '../../__testUtils__/hostileStrings';
import { fakeApi, renderPage } from '../../__testUtils__/renderPage';
import { DIGEST, imageReport, REPOSITORY } from '../../__testUtils__/reports';
import { hasUnseenCharacters } from '../../ui/escapeHostileText';
import { ImagePage } from './ImagePage';

const PATH = `/?repository=${REPOSITORY}&tab=contents`;

function apiWith(
  contents: schema.ImageContents | undefined,
  page: Partial<schema.ImageComponentPage> = {},
) {
  return fakeApi({
    getImage: async () => imageReport({ contents }),
    getImageComponents: jest.fn(async () => imageComponents(page)),
  });
}

const show = (api: ReturnType<typeof fakeApi>, path = PATH) =>
  renderPage(<ImagePage digest={DIGEST} />, { api, path });

it('says what lists what, and how old it is', async () => {
  await show(apiWith(IMAGE_CONTENTS));
  expect(
    await screen.findByText(/CycloneDX 1.6/, { selector: 'bdi, span' }),
  ).toBeInTheDocument();
  expect(screen.getByText(/259 components/)).toHaveTextContent(
    /^CycloneDX 1\.6 by Trivy 0\.72\.0, 259 components, .+$/,
  );
  expect(screen.getByRole('tab', { name: 'Contents 259' })).toBeInTheDocument();
});

it('lists components with version, type, licences and package URL', async () => {
  await show(apiWith(IMAGE_CONTENTS));
  const table = await screen.findByRole('table', {
    name: 'Components of this image',
  });
  for (const text of [
    '@opentelemetry/api',
    '1.9.0',
    'library',
    'Apache-2.0',
    'pkg:npm/%40opentelemetry/api@1.9.0',
  ]) {
    expect(table).toHaveTextContent(text);
  }
});

it('asks for the page and search of the address, and keeps what is typed there', async () => {
  const api = apiWith(IMAGE_CONTENTS);
  await show(api, `${PATH}&search=zlib&page=2&pageSize=50`);
  const image = { repository: REPOSITORY, digest: DIGEST };
  await waitFor(() =>
    expect(api.getImageComponents).toHaveBeenLastCalledWith({
      ...image,
      search: 'zlib',
      offset: 100,
      limit: 50,
    }),
  );
  const field = await screen.findByRole('searchbox', {
    name: 'Name, version, licence or package URL',
  });
  await userEvent.clear(field);
  await userEvent.type(field, 'musl');
  await waitFor(() =>
    expect(api.getImageComponents).toHaveBeenLastCalledWith({
      ...image,
      search: 'musl',
      offset: 0,
      limit: 50,
    }),
  );
});

it('says when it is of one platform and others run', async () => {
  const api = fakeApi({
    getImage: async () =>
      imageReport({
        contents: IMAGE_CONTENTS,
        platforms: ['linux/amd64', 'linux/arm64'],
      }),
  });
  await show(api);
  expect(
    await screen.findByText(/It also runs on linux\/arm64/),
  ).toBeInTheDocument();
});

it.each<[schema.ImageContents | undefined, RegExp, RegExp]>([
  [undefined, /^Nobody has reported what is in this image/, /sbomreports/],
  [
    { status: 'absent', reason: 'sbomMissing' },
    /^Nobody has reported what is in this image/,
    /sbomGenerationEnabled/,
  ],
  [
    { status: 'otherDigest', reason: 'sbomOtherDigest' },
    /describes another digest/,
    /Wait for the next one/,
  ],
  [
    { status: 'invalid', reason: 'malformedReport', message: 'no <b>name</b>' },
    /The report cannot be read/,
    /no <b>name<\/b>/,
  ],
  [
    { status: 'unavailable', reason: 'scannerUnavailable' },
    /cannot be read/,
    /sources page/,
  ],
])('lists nothing for %j, and says why', async (contents, title, text) => {
  const api = apiWith(contents);
  await show(api);
  expect(await screen.findByText(title)).toBeInTheDocument();
  expect(screen.getByText(text)).toBeInTheDocument();
  expect(screen.getByRole('tab', { name: 'Contents' })).toBeInTheDocument();
  expect(screen.queryByRole('table')).not.toBeInTheDocument();
  expect(api.getImageComponents).not.toHaveBeenCalled();
});

it('shows what is there, with the doubt, when the platform is not known', async () => {
  await show(
    apiWith({
      ...IMAGE_CONTENTS,
      platforms: undefined,
      status: 'platformUnknown',
      reason: 'sbomPlatformUnknown',
    }),
  );
  expect(await screen.findByText(/names an index/)).toBeInTheDocument();
  expect(await screen.findByRole('table')).toBeInTheDocument();
});

it('shows hostile names as text', async () => {
  await show(
    apiWith(
      { ...IMAGE_CONTENTS, tool: { name: HOSTILE_STRINGS[0] } },
      {
        items: HOSTILE_STRINGS.map(text => ({
          name: text,
          group: text,
          version: text,
          type: text,
          purl: text,
          licences: [text],
        })),
      },
    ),
  );
  const table = await screen.findByRole('table');
  expect(hasUnseenCharacters(table.textContent ?? '')).toBe(false);
  expect(table.querySelector('a, script, img')).toBeNull();
});

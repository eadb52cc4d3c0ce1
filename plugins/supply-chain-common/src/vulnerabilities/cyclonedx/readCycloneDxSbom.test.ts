import { CycloneDxSbom, readCycloneDxSbom } from './readCycloneDxSbom';

function read(components: unknown, subject: object = {}): CycloneDxSbom {
  const result = readCycloneDxSbom({
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    metadata: { component: { type: 'container', ...subject } },
    components,
  });
  if (!result.ok) {
    throw new Error(result.message);
  }
  return result.report;
}

const licencesOf = (...licenses: unknown[]) =>
  read([{ name: 'a', licenses }]).components[0].licences;

it('reads nested components, and those of the image itself', () => {
  const nested = [{ name: 'b', components: [{ name: 'a' }] }];
  expect(read(nested, { components: [{ name: 'c' }] }).components).toEqual([
    { name: 'a' },
    { name: 'b' },
    { name: 'c' },
  ]);
});

it('is the same whatever order they are listed in', () => {
  const components = [
    { name: 'b', version: '2' },
    { name: 'b', version: '1', purl: 'pkg:npm/b@1?x=2' },
    { name: 'b', version: '1', purl: 'pkg:npm/b@1?x=1' },
    { name: 'B' },
    { name: 'a', group: 'g' },
  ];
  expect(read([...components].reverse())).toEqual(read(components));
});

it('reads licences by id, name and expression, each once', () => {
  expect(
    licencesOf(
      { license: { id: 'MIT' } },
      { license: { name: 'Own licence' } },
      { expression: 'MIT AND Zlib', license: {} },
      { license: { id: 'MIT' } },
      { license: {} },
      { license: 'MIT' },
      'MIT',
    ),
  ).toEqual(['MIT', 'Own licence', 'MIT AND Zlib']);
  expect(licencesOf()).toBeUndefined();
});

it('cuts what is long, and leaves out what is no text', () => {
  const long = 'x'.repeat(5_000);
  const [component] = read([
    {
      name: long,
      group: 7,
      version: {},
      purl: long,
      type: long,
      licenses: Array.from({ length: 50 }, (_, index) => ({
        license: { name: `${index} ${long}` },
      })),
    },
  ]).components;
  expect(component.name).toHaveLength(256);
  expect(component.purl).toHaveLength(1_024);
  expect(component.type).toHaveLength(64);
  expect(component.licences).toHaveLength(20);
  expect(component.licences![0]).toHaveLength(256);
  expect(component).not.toHaveProperty('group');
  expect(component).not.toHaveProperty('version');
});

it.each([undefined, null, 'text', [], 7])('refuses %j', document => {
  expect(readCycloneDxSbom(document)).toMatchObject({
    ok: false,
    reason: 'sbomFormatUnknown',
  });
});

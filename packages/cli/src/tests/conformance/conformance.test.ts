import { CliPlace } from './__testUtils__/cliPlace';
import { ConformanceGroup } from './__testUtils__/conformanceCase';
import {
  ConformanceWorld,
  PreparedCase,
} from './__testUtils__/ConformanceWorld';
import { EXPLOIT_CASES } from './__testUtils__/exploitCases';
import { EXPRESSION_CASES } from './__testUtils__/expressionCases';
import { PLACE_CASES } from './__testUtils__/placeCases';
import { Answer, Place } from './__testUtils__/places';
import { PortalPlace } from './__testUtils__/portalPlace';
import { PROVENANCE_CASES } from './__testUtils__/provenanceCases';
import { SCAN_CASES } from './__testUtils__/scanCases';
import { SIGNATURE_CASES } from './__testUtils__/signatureCases';
import { VEX_CASES } from './__testUtils__/vexCases';
import { WebhookPlace } from './__testUtils__/webhookPlace';

// One policy decides in three places (DESIGN section 5). What it must say is written by hand; every place says exactly
// that, so the places agree with each other as well.
jest.setTimeout(600_000);

const GROUPS: ConformanceGroup[] = [
  ...SIGNATURE_CASES,
  ...PROVENANCE_CASES,
  ...PLACE_CASES,
  ...SCAN_CASES,
  ...EXPLOIT_CASES,
  ...VEX_CASES,
  ...EXPRESSION_CASES,
];

let world: ConformanceWorld;
let prepared: PreparedCase[];

beforeAll(async () => {
  world = await ConformanceWorld.start();
  prepared = GROUPS.flatMap(group =>
    group.cases.map(each => world.prepare(group, each)),
  );
});

afterAll(() => world.stop());

const line = (name: string, { outcome, reason }: Answer) =>
  `${name} → ${outcome}${reason ? `(${reason})` : ''}`;

const PLACES: [string, (world: ConformanceWorld) => Place][] = [
  ['portal evaluator', each => new PortalPlace(each)],
  ['command line', each => new CliPlace(each)],
  ['webhook', each => new WebhookPlace(each)],
];

describe.each(PLACES)('the policy in the %s', (_name, create) => {
  it('says what is written in the table', async () => {
    const place = create(world);
    try {
      const answers = await place.judge(prepared);
      expect(
        prepared.map(({ name }, index) => line(name, answers[index])),
      ).toEqual(
        prepared.map(({ name, definition }) =>
          line(name, place.expected(definition)),
        ),
      );
    } finally {
      await place.stop();
    }
  });
});

describe.each(PLACES)(
  'a waiver that ends at noon, in the %s',
  (_name, create) => {
    it('counts at 11:59:59 and no longer at 12:00:00 (L22)', async () => {
      const { now } = world;
      const noon = new Date(now);
      noon.setUTCHours(36, 0, 0, 0);
      const [group] = SIGNATURE_CASES;
      const unsigned = world.prepare(group, {
        when: 'nobody signed it',
        image: 'shop/invoices:0.8.0',
        waiver: {
          rule: 'image-signed',
          reasons: ['unsigned'],
          scope: 'repository',
          endsInHours: noon,
        },
        expected: ['waived', 'noSignature'],
      });
      const place = create(world);
      const outcomeAt = async (instant: Date) => {
        world.now = instant;
        const [{ outcome }] = await place.judge([unsigned]);
        return outcome;
      };
      try {
        expect(await outcomeAt(new Date(noon.getTime() - 1_000))).toBe(
          'waived',
        );
        expect(await outcomeAt(noon)).toBe('fail');
      } finally {
        world.now = now;
        await place.stop();
      }
    });
  },
);

it('has at least 120 cases', () => {
  expect(GROUPS.flatMap(({ cases }) => cases).length).toBeGreaterThanOrEqual(
    120,
  );
});

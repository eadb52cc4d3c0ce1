import { parseDigest } from 'backstage-plugin-supply-chain-common';
import { ClairWorld, digestOf } from './__testUtils__/ClairWorld';
import { recorded } from './__testUtils__/FakeClair';

jest.setTimeout(60_000);

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let world: ClairWorld;

beforeEach(async () => {
  world = await ClairWorld.start();
});

afterEach(async () => {
  await world.stop();
});

const status = (name: 'payments' | 'web' | 'unsigned') => {
  const { evidence } = world.reportOn(name)!;
  return [evidence.status, evidence.reason, evidence.message];
};

/** Has every request for a report answered like this. */
function reports(answer: { status: number; headers?: object; body?: string }) {
  world.clair.misbehave = ({ path }, response) => {
    if (!path.includes('/vulnerability_report/')) {
      return false;
    }
    response
      .writeHead(answer.status, { ...answer.headers })
      .end(answer.body ?? '');
    return true;
  };
}

describe('a Clair that works', () => {
  it('scans what runs: findings belong to the platform manifest', async () => {
    await world.run(['payments', 'web']);
    const { evidence, namespace } = world.reportOn('payments')!;
    expect(namespace).toBe('');
    expect(evidence).toMatchObject({
      subject: { type: 'content', digest: digestOf('payments') },
      collector: 'clair',
      status: 'present',
      observedAt: '2026-11-23T12:00:00.000Z',
      detail: {
        scanner: { name: 'Clair' },
        scannedAt: '2026-11-23T12:00:00.000Z',
        platform: 'linux/amd64',
        artifact: {
          digest: digestOf('payments'),
          repository: expect.stringMatching(/shop\/payments$/),
        },
      },
    });
    expect(evidence.detail!.findings).toHaveLength(8);
    expect(world.reportOn('web')!.evidence).toMatchObject({
      status: 'present',
      detail: { findings: [] },
    });
    expect(world.health).toEqual({
      kind: 'scanner',
      name: 'Clair v4',
      ofNoCluster: true,
      state: 'ok',
      items: 2,
    });
  });

  it('is asked within seconds while more and more turns out to run', async () => {
    await world.run([]);
    world.contents = [world.content('payments')];
    await world.clock.advance(5_000);
    expect(status('payments')[0]).toBe('present');
    world.contents = [...world.contents, world.content('web')];
    await world.clock.advance(5_000);
    expect(status('web')[0]).toBe('present');
  });

  it('is asked within a minute about what starts later', async () => {
    await world.run(['payments']);
    await world.clock.advance(MINUTE_MS);
    world.contents = [...world.contents, world.content('web')];
    await world.clock.advance(MINUTE_MS);
    expect(status('web')[0]).toBe('present');
  });

  it('is given the layers in their order', async () => {
    await world.run(['payments']);
    const [request] = world.clair.asked('POST', 'index_report');
    const body = JSON.parse(request.body);
    const sent = JSON.parse(
      JSON.stringify(recorded('payments:index').body),
    ).manifest_hash;
    expect(body.hash).toBe(sent);
    expect(body.layers.map(({ hash }: { hash: string }) => hash)).toEqual([
      'sha256:1acbe464144f97612bd04505be37535457c22edc5c98064410fd846bd1101b17',
      'sha256:7c8c1304e8bb0fc61b0ba25e3ce1aa5554e4d70bb76a972056edc2e332ca8e16',
    ]);
    expect(body.layers[0].uri).toBe(
      `http://${world.registryHost}/v2/shop/payments/blobs/${body.layers[0].hash}`,
    );
  });

  it('has no result for an image in which it finds no package', async () => {
    await world.run(['unsigned']);
    expect(status('unsigned').slice(0, 2)).toEqual([
      'unavailable',
      'scanWithoutPackages',
    ]);
    expect(world.health).toMatchObject({
      state: 'degraded',
      reason: 'scanWithoutPackages',
      message: '1 of 1 images could not be scanned',
      items: 0,
    });
  });

  it('is asked for a report again later, and not for an index', async () => {
    await world.run(['payments']);
    await world.clock.advance(6 * HOUR_MS);
    expect(world.clair.asked('GET', 'vulnerability_report')).toHaveLength(1);
    await world.clock.advance(HOUR_MS);
    expect(world.clair.asked('GET', 'vulnerability_report')).toHaveLength(2);
    expect(world.clair.asked('POST', 'index_report')).toHaveLength(1);
    expect(world.reportOn('payments')!.evidence.detail!.scannedAt).not.toBe(
      '2026-11-23T12:00:00.000Z',
    );
  });

  it('is not asked sooner than its answer may be kept', async () => {
    world.clair.misbehave = ({ path }, response) => {
      if (path.includes('/vulnerability_report/')) {
        response.setHeader('cache-control', 'max-age=86400');
      }
      return false;
    };
    await world.run(['payments']);
    await world.clock.advance(24 * HOUR_MS);
    expect(world.clair.asked('GET', 'vulnerability_report')).toHaveLength(1);
    await world.clock.advance(2 * HOUR_MS);
    expect(world.clair.asked('GET', 'vulnerability_report')).toHaveLength(2);
  });

  it('indexes again when its state changed, and nothing when it only seems so', async () => {
    await world.run(['payments']);
    const before = world.clair.state;
    world.clair.state = 'another';
    await world.clock.advance(12 * MINUTE_MS);
    const posts = world.clair.asked('POST', 'index_report');
    expect(posts.map(({ headers }) => headers['if-none-match'])).toEqual([
      undefined,
      `"${before}"`,
    ]);
    expect(status('payments')[0]).toBe('present');
  });

  it('indexes again what it has deleted', async () => {
    await world.run(['payments']);
    world.clair.forget();
    await world.clock.advance(7 * HOUR_MS);
    expect(world.clair.asked('POST', 'index_report')).toHaveLength(2);
    expect(world.health).toMatchObject({ state: 'ok' });
  });

  it('answers 412 for what it has indexed already', async () => {
    await world.run(['payments']);
    let asked = 0;
    world.clair.misbehave = ({ path }, response) => {
      // The state it tells changed and changed back.
      if (path.endsWith('index_state') && asked < 1) {
        asked += 1;
        response.end('{"state":"other"}');
        return true;
      }
      return false;
    };
    await world.clock.advance(25 * MINUTE_MS);
    expect(world.clair.asked('POST', 'index_report')).toHaveLength(3);
    expect(status('payments')[0]).toBe('present');
  });

  it('loses what no longer runs', async () => {
    await world.run(['payments', 'web']);
    world.contents = [world.content('web')];
    await world.clock.advance(2 * MINUTE_MS);
    expect(world.reportOn('payments')).toBeUndefined();
    expect(world.reportOn('web')).toBeDefined();
  });

  it('is still starting until everything was looked at once', async () => {
    // Their registry does not have them.
    const others = Array.from({ length: 25 }, (_, at) => ({
      ...world.content('payments'),
      digest: parseDigest(`sha256:${String(at).padStart(64, '0')}`)!,
    }));
    await world.run(['payments'], { concurrency: 1 }, others);
    expect(world.health).toMatchObject({ state: 'starting' });
    expect(world.sink.source('Clair v4').items).toHaveLength(20);
    await world.clock.advance(2_000);
    expect(world.sink.source('Clair v4').items).toHaveLength(26);
    expect(world.health).toMatchObject({ state: 'degraded' });
  });

  it('is not asked anew after a restart', async () => {
    const version = `present ${Date.parse('2026-11-23T15:00:00Z')} ${
      world.clair.state
    }`;
    const source = world.sink.source('Clair v4');
    await world.run(['payments']);
    const item = { ...world.reportOn('payments')!, resourceVersion: version };
    source.entries.set(item.uid, { item, seenInSync: 0 });
    world.sink.revoke('Clair v4');
    world.contents = [...world.contents, world.content('web')];
    await world.clock.advance(2 * MINUTE_MS);
    await world.clock.idle();
    const asked = world.clair
      .asked('GET', 'vulnerability_report')
      .filter(({ path }) => path.endsWith(digestOf('payments')));
    expect(asked).toHaveLength(1);
    expect(world.reportOn('web')).toBeDefined();
  });
});

describe('a report that is not there is no report without findings', () => {
  it.each([
    ['202, for an hour', { status: 202 }, 'scannerUnavailable'],
    [
      '404',
      { status: 404, body: '{"code":"not-found"}' },
      'scannerUnavailable',
    ],
    ['500', { status: 500, body: 'no JSON' }, 'scannerUnavailable'],
    ['429', { status: 429 }, 'scannerUnavailable'],
    ['401', { status: 401 }, 'scannerUnavailable'],
    [
      'a redirect',
      { status: 302, headers: { location: 'http://127.0.0.1:1/x' } },
      'scannerUnavailable',
    ],
    ['an empty body', { status: 200 }, 'malformedReport'],
    ['a page', { status: 200, body: '<html>' }, 'malformedReport'],
    [
      'an error',
      { status: 200, body: '{"code":"x","message":"y"}' },
      'reportFormatUnknown',
    ],
  ])('%s', async (_what, answer, reason) => {
    reports(answer);
    await world.run(['payments']);
    expect(status('payments').slice(0, 2)).toEqual(['unavailable', reason]);
    expect(world.health).toMatchObject({ state: 'degraded', reason });
    await world.clock.advance(HOUR_MS);
    expect(status('payments')[0]).toBe('unavailable');
    world.clair.misbehave = () => false;
    await world.clock.advance(20 * MINUTE_MS);
    expect(status('payments')[0]).toBe('present');
  });

  it('a matcher that is not ready, while the index is made once', async () => {
    reports({ status: 202 });
    await world.run(['payments']);
    await world.clock.advance(HOUR_MS);
    expect(world.clair.asked('POST', 'index_report')).toHaveLength(1);
    expect(status('payments')[0]).toBe('unavailable');
  });

  it('a body that was cut off', async () => {
    const whole = JSON.stringify(recorded('payments:vuln').body);
    reports({ status: 200, body: whole.slice(0, -20) });
    await world.run(['payments']);
    expect(status('payments').slice(0, 2)).toEqual([
      'unavailable',
      'malformedReport',
    ]);
  });

  it('a connection that ends within the body', async () => {
    world.clair.misbehave = ({ path }, response) => {
      const isReport = path.includes('/vulnerability_report/');
      if (isReport) {
        response.writeHead(200, { 'content-length': '10920' });
        response.write('{"manifest_hash":', () => response.destroy());
      }
      return isReport;
    };
    await world.run(['payments']);
    expect(status('payments').slice(0, 2)).toEqual([
      'unavailable',
      'scannerUnavailable',
    ]);
  });

  it('a body that Clair says in a trailer to be unfinished', async () => {
    world.clair.misbehave = ({ path }, response) => {
      const isReport = path.includes('/vulnerability_report/');
      if (isReport) {
        response.writeHead(200, { trailer: 'Clair-Error' });
        response.write(JSON.stringify(recorded('payments:vuln').body));
        response.addTrailers({ 'Clair-Error': 'database gone' });
        response.end();
      }
      return isReport;
    };
    await world.run(['payments']);
    expect(status('payments')).toEqual([
      'unavailable',
      'malformedReport',
      'Clair broke off: database gone',
    ]);
  });

  it('the report of another image', async () => {
    reports({
      status: 200,
      body: JSON.stringify(recorded('web:vuln').body),
    });
    await world.run(['payments']);
    expect(status('payments').slice(0, 2)).toEqual([
      'unavailable',
      'malformedReport',
    ]);
  });

  it('is told of an image with an earlier scan, too, whose pace goes on', async () => {
    await world.run(['payments']);
    reports({ status: 500 });
    await world.clock.advance(7 * HOUR_MS);
    expect(status('payments')[0]).toBe('unavailable');
    expect(world.reportOn('payments')?.resourceVersion).toMatch(/^present /);
    expect(world.health).toMatchObject({ state: 'degraded' });
  });
});

describe('an image that cannot be indexed', () => {
  const index = (
    answer: (response: import('node:http').ServerResponse) => void,
  ) => {
    world.clair.misbehave = ({ method, path }, response) => {
      const isIndex = method === 'POST' && path.endsWith('/index_report');
      if (isIndex) {
        answer(response);
      }
      return isIndex;
    };
  };

  it('is not clean: the 500 of a Clair without its mapping files', async () => {
    index(response => world.clair.replayBroken(response, 'payments:index'));
    await world.run(['payments']);
    expect(status('payments')).toEqual([
      'unavailable',
      'scannerUnavailable',
      expect.stringContaining('unable to create a mappingFile object'),
    ]);
  });

  it('is not clean: the same state behind a 201', async () => {
    index(response => {
      const body = {
        ...(recorded('payments:index').body as object),
        state: 'IndexError',
        success: false,
        err: 'cannot fetch https://store.example/blob?signature=secret with Bearer abc.def',
      };
      response.writeHead(201).end(JSON.stringify(body));
    });
    await world.run(['payments']);
    const [state, reason, message] = status('payments');
    expect([state, reason]).toEqual(['unavailable', 'scannerUnavailable']);
    expect(message).toContain('IndexError');
    expect(message).not.toMatch(/secret|abc\.def/);
    expect(world.clair.asked('GET', 'vulnerability_report')).toEqual([]);
  });

  it.each([
    ['of another image', () => recorded('web:index').body],
    ['that is none', () => ({})],
  ])('is not clean: an index report %s', async (_what, body) => {
    index(response => response.writeHead(201).end(JSON.stringify(body())));
    await world.run(['payments']);
    expect(status('payments').slice(0, 2)).toEqual([
      'unavailable',
      'malformedReport',
    ]);
  });

  it('is not clean: an answer that does not come', async () => {
    index(() => {});
    await world.run(['payments'], { indexTimeoutMs: 50 });
    expect(status('payments').slice(0, 2)).toEqual([
      'unavailable',
      'sourceTimeout',
    ]);
  });

  it('is not clean: its registry does not give it', async () => {
    world.serveLayer = response => response.writeHead(503).end();
    await world.run(['payments']);
    expect(status('payments').slice(0, 2)).toEqual([
      'unavailable',
      'registryUnavailable',
    ]);
    expect(world.clair.asked('POST', 'index_report')).toEqual([]);
  });

  it('is tried again as late as Clair asks', async () => {
    index(response => response.writeHead(429, { 'retry-after': '600' }).end());
    await world.run(['payments']);
    await world.clock.advance(9 * MINUTE_MS);
    expect(world.clair.asked('POST', 'index_report')).toHaveLength(1);
    await world.clock.advance(4 * MINUTE_MS);
    expect(world.clair.asked('POST', 'index_report')).toHaveLength(2);
  });
});

describe('Clair itself', () => {
  it('is down, and earlier scans stay', async () => {
    await world.run(['payments']);
    world.clair.misbehave = (_, response) => {
      response.writeHead(503).end();
      return true;
    };
    await world.clock.advance(12 * MINUTE_MS);
    expect(world.health).toMatchObject({
      state: 'down',
      reason: 'scannerUnavailable',
      nextTryAt: expect.any(String),
    });
    expect(status('payments')[0]).toBe('present');
  });

  it.each(['{}', '{"state":""}', '{"state":"a\\"b"}', '[]', 'x'])(
    'tells no state: %s',
    async body => {
      world.clair.misbehave = ({ path }, response) => {
        response.end(body);
        return path.endsWith('index_state');
      };
      await world.run(['payments']);
      expect(world.health).toMatchObject({
        state: 'down',
        reason: 'malformedAnswer',
      });
    },
  );

  const database = (body: string, code = 200) => {
    world.clair.misbehave = ({ path }, response) => {
      const isUpdate = path.includes('update_operation');
      if (isUpdate) {
        response.writeHead(code).end(body);
      }
      return isUpdate;
    };
  };

  it('has an old database: scans are as old as it is', async () => {
    const date = '2026-10-01T00:00:00Z';
    database(JSON.stringify({ a: [{ date }], b: [{ date: 'never' }] }));
    await world.run(['payments']);
    expect(world.reportOn('payments')!.evidence.detail!.scannedAt).toBe(
      '2026-10-01T00:00:00.000Z',
    );
    expect(world.health).toMatchObject({
      state: 'degraded',
      reason: 'scanStale',
    });
  });

  it('has an empty database: nothing is scanned', async () => {
    database('{}');
    await world.run(['payments']);
    expect(world.reportOn('payments')).toBeUndefined();
    expect(world.health).toMatchObject({ state: 'down' });
  });

  it.each([
    ['{"code":"not-found"}', 404],
    ['no', 200],
  ])('does not tell how old its database is: %s', async (body, code) => {
    database(body, code);
    await world.run(['payments']);
    expect(status('payments')[0]).toBe('present');
    expect(world.health).toMatchObject({
      state: 'ok',
      message: expect.stringContaining('does not tell'),
    });
  });
});

import { schema } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { chunksOf } from '../../database/chunks';
import {
  findVulnerablePlaces,
  readVulnerablePlaces,
} from '../../database/operations/vulnerabilities/listVulnerableImages';
import { VisibleEntities } from '../../permissions/VisibleEntities';
import { Judging } from '../judgingNow';
import { describePlaces } from '../reports/readVulnerability';

/** Options of {@link readAllPlaces}. */
export type ReadAllPlacesOptions = Judging & {
  knex: Knex;
  visible: VisibleEntities;
  /** Any name of the vulnerability. */
  id: string;
  /** Only images of services of these. */
  owners?: string[];
};

/** Every place where a vulnerability runs, in the order of its page. */
export async function* readAllPlaces(
  options: ReadAllPlacesOptions,
): AsyncGenerator<schema.VulnerablePlace[]> {
  const found = await findVulnerablePlaces({ ...options, name: options.id });
  for (const some of chunksOf(found.places)) {
    const places = await readVulnerablePlaces(options, some);
    yield await describePlaces(options, {
      names: found.names,
      places,
    });
  }
}

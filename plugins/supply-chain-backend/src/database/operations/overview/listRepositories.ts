import { servicesQuery, ServicesQueryOptions } from './servicesQuery';

/** Repositories that services pull from now. */
export async function listRepositories(
  options: ServicesQueryOptions,
): Promise<string[]> {
  return servicesQuery(options)
    .join('running_image_entities as links', 'links.entity_ref', 'entities.ref')
    .join('running_images as runs', 'runs.id', 'links.running_image_id')
    .where('runs.running', true)
    .whereNotNull('runs.repository')
    .distinct('runs.repository')
    .pluck('runs.repository');
}

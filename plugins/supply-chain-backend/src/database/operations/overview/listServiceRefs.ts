import { servicesQuery, ServicesQueryOptions } from './servicesQuery';

/** Entity refs of the services the filter leaves. */
export async function listServiceRefs(
  options: ServicesQueryOptions,
): Promise<string[]> {
  return servicesQuery(options).pluck('entities.ref');
}

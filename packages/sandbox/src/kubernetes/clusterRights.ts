import { parse, parseAllDocuments } from 'yaml';
import type { RecordedApiRequest } from './KubernetesApiServer';

type Rule = Record<'apiGroups' | 'resources' | 'verbs', string[]>;

/**
 * What the first role of a YAML text grants, each as `<verb> <group>/<resource>`, sorted.
 * @public
 */
export function grantedRights(text: string): string[] {
  const [role] = parseAllDocuments(text);
  const { rules } = parse(String(role)) as { rules: Rule[] };
  return rules
    .flatMap(({ apiGroups, resources, verbs }) =>
      apiGroups.flatMap(group =>
        resources.flatMap(resource =>
          verbs.map(verb => `${verb} ${group}/${resource}`),
        ),
      ),
    )
    .sort();
}

/**
 * The rights that were needed for some requests, each once, in the form of {@link grantedRights}.
 * @public
 */
export function requestedRights(
  requests: readonly RecordedApiRequest[],
): string[] {
  const rights = requests.map(
    ({ verb, group, resource }) => `${verb} ${group}/${resource}`,
  );
  return [...new Set(rights)].sort();
}

type Requirement = (labels: Record<string, string>) => boolean;

/**
 * Parses a label selector in the string form of the API: `a=b`, `a==b`,
 * `a!=b`, `a in (x,y)`, `a notin (x)`, `a`, `!a`.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#api
 * @public
 */
export function parseLabelSelector(
  selector: string | null | undefined,
): (labels: Record<string, string> | undefined) => boolean {
  const requirements = (selector ?? '')
    .split(/,(?![^(]*\))/)
    .map(part => part.trim())
    .filter(part => part.length > 0)
    .map(parseRequirement);
  return labels => requirements.every(matches => matches(labels ?? {}));
}

function parseRequirement(part: string): Requirement {
  const set = /^(\S+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(part);
  if (set) {
    const [, key, operator, list] = set;
    const values = list.split(',').map(value => value.trim());
    return operator === 'in'
      ? labels => key in labels && values.includes(labels[key])
      : labels => !(key in labels) || !values.includes(labels[key]);
  }
  const comparison = /^([^!=\s]+)\s*(!=|==?)\s*(\S*)$/.exec(part);
  if (comparison) {
    const [, key, operator, value] = comparison;
    return operator === '!='
      ? labels => labels[key] !== value
      : labels => labels[key] === value;
  }
  return part.startsWith('!')
    ? labels => !(part.slice(1).trim() in labels)
    : labels => part in labels;
}

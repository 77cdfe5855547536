import type { Template } from './read-template';

const collect = (node: unknown, found: Set<string>): void => {
  if (typeof node !== 'object' || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === 'Ref' && typeof value === 'string') found.add(value);
    else if (key === 'Fn::GetAtt' && typeof value === 'string') found.add(value.split('.')[0] ?? '');
    else if (key === 'Fn::GetAtt' && Array.isArray(value)) found.add(String(value[0]));
    else if (key === 'Fn::Sub') {
      const text: unknown = Array.isArray(value) ? value[0] : value;
      for (const [, name = ''] of String(text).matchAll(/\$\{([^}!][^}]*)\}/g)) {
        found.add(name.trim().split('.')[0] ?? '');
      }
    }
    collect(value, found);
  }
};

/** Names of what CloudFormation makes before a resource: what it depends on and refers to, and what those do. */
export const madeBefore = (template: Template, logicalId: string): ReadonlySet<string> => {
  const before = new Set<string>();
  const waiting = [logicalId];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const resource = template.resources.get(next);
    if (resource === undefined) continue;
    const { DependsOn: after = [], Properties } = resource;
    const named = new Set(typeof after === 'string' ? [after] : after);
    collect(Properties, named);
    for (const name of named) {
      if (before.has(name)) continue;
      before.add(name);
      waiting.push(name);
    }
  }
  return before;
};

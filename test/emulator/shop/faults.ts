import type { AuditResult } from '../../../lambda/result';
import type { Shop } from './seed-shop';

/** The errors that an audit has to name, by API; an API that is not here is healthy. */
export const FAULTS: Readonly<Record<string, readonly string[]>> = {
  'news-never-deployed': ['deployment/api-never-deployed'],
  'reports-function-gone': ['lambda-authorizer/function-missing'],
  'returns-scope-undefined': ['cognito/scope-undefined'],
  'staff-pool-gone': ['cognito/user-pool-missing'],
  'stock-private-range': ['resource-policy/private-range-on-public-api'],
  'support-in-no-plan': ['api-keys/stage-in-no-usage-plan'],
  // Of no API of its own: the domain's mapping to the stage that was deleted.
  'api.shop.example.com': ['edge/mapping-to-missing-stage'],
};

/** The errors that an audit names, in the form of {@link FAULTS}. */
export const errorsOf = (
  { findings }: AuditResult,
  shop: Shop,
): Readonly<Record<string, readonly string[]>> => {
  const nameOf = (id: string): string => [...shop].find(([, one]) => one === id)?.[0] ?? id;
  const errors = findings
    .filter(({ severity }) => severity === 'error')
    .map(({ rule, subject, affected }): readonly [string, string] => {
      const id = subject.restApiId ?? affected[0]?.restApiId;
      return [id === undefined ? subject.label.replace('custom domain ', '') : nameOf(id), rule];
    });
  return Object.fromEntries(
    errors.map(([name]) => [
      name,
      errors
        .filter(([one]) => one === name)
        .map(([, rule]) => rule)
        .sort(),
    ]),
  );
};

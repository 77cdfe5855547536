import type { Finding } from '../../lambda/findings/finding';

/** A finding for tests of what happens to findings; ids are what tests compare. */
export const finding = (id: string, given: Partial<Finding> = {}): Finding => ({
  id,
  rule: 'cognito/scope-undefined',
  severity: 'error',
  reach: 'every-call',
  symptom: { status: 401, responseType: 'UNAUTHORIZED', body: '{"message":"Unauthorized"}' },
  subject: {
    arn: `arn:aws:apigateway:eu-west-1::/restapis/${id}`,
    label: `api ${id} (${id})`,
    region: 'eu-west-1',
    restApiId: id,
  },
  affected: [{ restApiId: id, stage: 'prod', method: 'GET /orders' }],
  affectedCount: 1,
  title: 'A method requires a scope that no resource server defines',
  message: `GET /orders requires the scope "orders/raed" (${id}).`,
  evidence: [{ operation: 'GetExport', field: 'security', value: 'orders/raed' }],
  fix: [{ step: 'Correct the scope.', commands: [] }],
  when: 'now',
  docs: 'https://example.com/docs/rules/cognito/scope-undefined.md',
  ...given,
});

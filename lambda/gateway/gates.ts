/** API Gateway's gates in the order in which it asks them (ORD-1 to ORD-10). */
export const GATES = [
  'endpoint',
  'stage',
  'route',
  'waf',
  'resource-policy',
  'authentication',
  'authorization',
  'api-key',
  'integration',
] as const;

export type GateId = (typeof GATES)[number];

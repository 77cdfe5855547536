import type { Explanation } from '../../../lambda/explain/explain';
import type { Answer } from './world';

const normal = (body: string): string => {
  try {
    return JSON.stringify(JSON.parse(body));
  } catch {
    return body;
  }
};

/** `…` in a prediction stands for what depends on the call. */
const isBody = (predicted: string, body: string): boolean => {
  const parts = normal(predicted)
    .split('…')
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(normal(body));
};

/** In what a prediction and an answer differ; what the facts leave open agrees with everything. */
export const differences = (
  met: Answer,
  { status, errorType, body }: Explanation['decision'],
): readonly string[] => [
  ...(status === null || status === met.status ? [] : ['status']),
  ...(errorType === null || errorType === met.errorType ? [] : ['errorType']),
  ...(body === null || isBody(body, met.body) ? [] : ['body']),
];

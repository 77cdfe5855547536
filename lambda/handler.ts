import type { Context } from 'aws-lambda';
import type { Explanation } from './explain/explain';
import type { CutResult } from './function/answer';
import { answerAudit, answerContinue } from './function/audit';
import { parseEvent } from './function/event';
import { answerExplain } from './function/explain';
import type { Unfinished } from './function/go-on';
import { logger } from './function/log';
import { answerTest, type TestAnswer } from './function/test-alert';
import { namedReasonOf } from './reason';
import { readSettings } from './settings';

const clock = (): Date => new Date();

/** The function's entry. Rejects where it could not do what was asked, so that callers and alarms see it. */
export const handler = async (
  event: unknown,
  context: Context,
): Promise<CutResult | Unfinished | Explanation | TestAnswer> => {
  logger.addContext(context);
  try {
    const settings = readSettings();
    const request = parseEvent(event);
    switch (request.action) {
      case 'audit':
        return await answerAudit(request, { settings, context, clock });
      case 'continue':
        return await answerContinue(request, { settings, context, clock });
      case 'explain':
        return await answerExplain(request, settings, clock);
      case 'test-alert':
        return await answerTest(settings, context);
    }
  } catch (error) {
    // The message only: an error of the SDK carries the whole request.
    logger.error('run failed', { reason: namedReasonOf(error) });
    throw error;
  }
};

import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { NAMESPACE, SERVICE } from '../measurements';

export const logger = new Logger({ serviceName: SERVICE });

/** Lines of the log that CloudWatch makes metrics of. */
export const metrics = new Metrics({ namespace: NAMESPACE, serviceName: SERVICE });

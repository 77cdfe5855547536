import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { FUNCTION_DIMENSION, NAMESPACE, SERVICE, type MeasurementName } from '../../lambda/measurements';

export interface Look {
  readonly statistic?: string;
  readonly period?: Duration;
  readonly label?: string;
  readonly color?: string;
}

/** What the function measures of each finished audit. */
export const measured = (
  auditor: Function,
  metricName: MeasurementName,
  { statistic = Stats.MAXIMUM, period = Duration.days(1), label, color }: Look = {},
): Metric =>
  new Metric({
    namespace: NAMESPACE,
    metricName,
    dimensionsMap: { service: SERVICE, [FUNCTION_DIMENSION]: auditor.functionName },
    statistic,
    period,
    ...(label === undefined ? {} : { label }),
    ...(color === undefined ? {} : { color }),
  });

import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  SingleValueWidget,
  Stats,
  TextWidget,
  type IMetric,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { MeasurementName } from '../../lambda/measurements';
import { measured, type Look } from './measured';

const RED = '#d62728';
const ORANGE = '#ff7f0e';
const BLUE = '#1f77b4';
const GREY = '#7f7f7f';

const graph = (title: string, left: IMetric[], right: IMetric[] = []): GraphWidget =>
  new GraphWidget({
    title,
    left,
    right,
    width: 12,
    height: 6,
    leftYAxis: { min: 0 },
    rightYAxis: { min: 0 },
  });

/** Whether callers are kept out, whether the audit sees everything, and whether it runs: in this order, on one page. */
export const addDashboard = (scope: Construct, auditor: Function): Dashboard => {
  const alarms = scope.node.findAll().filter((one) => one instanceof Alarm);
  const of = (name: MeasurementName, look: Look): IMetric => measured(auditor, name, look);
  const findings = [
    of('ErrorFindings', { label: 'Errors', color: RED }),
    of('WarningFindings', { label: 'Warnings', color: ORANGE }),
    of('NoteFindings', { label: 'Notes', color: BLUE }),
  ];
  const unreachable = of('UnreachableMethods', { label: 'Unreachable methods', color: RED });
  const gaps = of('CoverageGaps', { label: 'Could not be judged', color: ORANGE });
  return new Dashboard(scope, 'Dashboard', {
    defaultInterval: Duration.days(28),
    widgets: [
      [new AlarmStatusWidget({ title: 'Alarms', alarms, width: 24, height: 3 })],
      [
        new SingleValueWidget({
          title: 'Last audit',
          metrics: [...findings, unreachable, gaps],
          width: 24,
          height: 4,
          setPeriodToTimeRange: false,
        }),
      ],
      [
        graph('Findings that stand', findings),
        graph('Methods that let no registered client in', [unreachable]),
      ],
      [
        graph('What could not be judged', [gaps]),
        graph(
          'Calls of AWS APIs',
          [of('AwsCalls', { label: 'Calls', color: GREY })],
          [of('ThrottledCalls', { label: 'Throttled', color: ORANGE })],
        ),
      ],
      [
        graph('Duration', [of('AuditDuration', { label: 'Audit', color: BLUE })]),
        graph('Runs', [
          auditor.metricInvocations({ label: 'Started', color: BLUE, period: Duration.days(1) }),
          auditor.metricErrors({ label: 'Failed', color: RED, period: Duration.days(1) }),
          of('UnsentAlerts', { label: 'Alerts not sent', color: ORANGE, statistic: Stats.SUM }),
        ]),
      ],
      [
        new TextWidget({
          markdown:
            'Reports of each run are in the bucket of the history. Only audits of everything are measured; see docs/metrics.md.',
          width: 24,
          height: 2,
        }),
      ],
    ],
  });
};

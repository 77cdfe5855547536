import type { Template } from 'aws-cdk-lib/assertions';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { MEASUREMENTS, NAMESPACE, SERVICE } from '../../lambda/measurements';
import { synthesise } from './synthesise';

const plain = synthesise();

interface Measured {
  readonly name: string;
  readonly dimensions: readonly (readonly [name: string, value: unknown])[];
}

const auditorIn = (template: Template): string => {
  const id = Object.keys(template.findResources('AWS::Lambda::Function')).find((one) =>
    one.startsWith('AuditorFunction'),
  );
  if (id === undefined) throw new Error('the template has no function AuditorFunction');
  return id;
};

const dimensions = (template: Template): Measured['dimensions'] => [
  ['FunctionName', { Ref: auditorIn(template) }],
  ['service', SERVICE],
];

const inAlarms = (template: Template): readonly Measured[] =>
  Object.values(
    template.findResources('AWS::CloudWatch::Alarm', { Properties: { Namespace: NAMESPACE } }),
  ).map(({ Properties: { MetricName, Dimensions } }) => ({
    name: String(MetricName),
    dimensions: (Dimensions as readonly { Name: string; Value: unknown }[]).map(
      ({ Name, Value }) => [Name, Value] as const,
    ),
  }));

/** The body is a text with references in it; these become what they refer to. */
const inDashboard = (template: Template): readonly Measured[] => {
  const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
  const parts = (dashboard?.['Properties'].DashboardBody['Fn::Join'][1] ?? []) as readonly unknown[];
  const text = parts.map((part) =>
    typeof part === 'string' ? part : JSON.stringify(part).replaceAll('"', "'"),
  );
  const { widgets } = JSON.parse(text.join('')) as {
    widgets: { properties: { metrics?: readonly (readonly unknown[])[] } }[];
  };
  return widgets
    .flatMap(({ properties }) => properties.metrics ?? [])
    .filter(([namespace]) => namespace === NAMESPACE)
    .map(([, name, first, value, second, other]) => ({
      name: String(name),
      dimensions: [
        [String(first), JSON.parse(String(value).replaceAll("'", '"'))],
        [String(second), other],
      ],
    }));
};

describe('the metrics of the function', () => {
  test.each([
    ['alarms watch', inAlarms(plain)],
    ['the dashboard shows', inDashboard(plain)],
  ])('are those that %s, of this function', (_, measured) => {
    expect(measured.length).toBeGreaterThan(1);
    for (const one of measured) {
      expect(Object.keys(MEASUREMENTS)).toContain(one.name);
      expect(one.dimensions).toEqual(dimensions(plain));
    }
  });

  test('are all on the dashboard, which shows all alarms', () => {
    const names = new Set(inDashboard(plain).map(({ name }) => name));
    const hidden = Object.keys(MEASUREMENTS).filter((name) => !names.has(name));
    expect(hidden).toEqual(['IncompleteAudits']);
    const text = JSON.stringify(plain.findResources('AWS::CloudWatch::Dashboard'));
    for (const id of Object.keys(plain.findResources('AWS::CloudWatch::Alarm'))) {
      expect(text).toContain(`"${id}","Arn"`);
    }
  });

  test('have their page', () => {
    const page = readFileSync(path.join(__dirname, '..', '..', 'docs', 'metrics.md'), 'utf8');
    const named = [...page.matchAll(/^\| (`[^|]+`)/gm)].flatMap(([, cell = '']) => cell.match(/\w+/g) ?? []);
    expect([...named].sort()).toEqual(Object.keys(MEASUREMENTS).sort());
    expect(page).toContain(`\`${NAMESPACE}\``);
  });

  test('need no dashboard', () => {
    synthesise({ dashboard: false }).resourceCountIs('AWS::CloudWatch::Dashboard', 0);
  });
});

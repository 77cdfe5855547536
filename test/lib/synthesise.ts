import { App, Validations, type IPolicyValidationPlugin } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ApiAuthAuditorProps } from '../../lib/api-auth-auditor';
import { ApiAuthAuditorStack } from '../../lib/api-auth-auditor-stack';

/** jest does not read cdk.json, and its flags change the template. */
export const CONTEXT = (
  JSON.parse(readFileSync(path.join(__dirname, '..', '..', 'cdk.json'), 'utf8')) as {
    context: Record<string, unknown>;
  }
).context;

/** A folder with something in it: what these tests deploy is not run. */
const emptyFunction = (): string => {
  const folder = mkdtempSync(path.join(tmpdir(), 'function-'));
  writeFileSync(path.join(folder, 'handler.js'), 'exports.handler = async () => ({});\n');
  return folder;
};

const stackIn = (app: App, auditor: ApiAuthAuditorProps): ApiAuthAuditorStack =>
  new ApiAuthAuditorStack(app, 'ApiAuthAuditor', {
    auditor: { functionFolder: emptyFunction(), slackFunctionFolder: emptyFunction(), ...auditor },
  });

export const synthesise = (auditor: ApiAuthAuditorProps = {}): Template =>
  Template.fromStack(stackIn(new App({ context: CONTEXT }), auditor));

interface Violation {
  readonly ruleName: string;
  readonly violatingConstructs?: readonly { readonly constructPath?: string }[];
}

/** What cdk-nag has to say that was not acknowledged with a reason. */
export const nagViolations = (
  auditor: ApiAuthAuditorProps,
  change: (stack: ApiAuthAuditorStack) => void = () => {},
): readonly Violation[] => {
  const app = new App({ context: CONTEXT, outdir: mkdtempSync(path.join(tmpdir(), 'nag-')) });
  change(stackIn(app, auditor));
  const plugin: IPolicyValidationPlugin = new AwsSolutionsChecks(app);
  Validations.of(app).addPlugins(plugin);
  try {
    app.synth();
  } catch {
    // Violations end the synthesis; the report has them.
  }
  const report = JSON.parse(readFileSync(path.join(app.outdir, 'validation-report.json'), 'utf8')) as {
    pluginReports: readonly { readonly violations: readonly Violation[] }[];
  };
  return report.pluginReports.flatMap(({ violations }) => violations);
};

/** Every action that a policy document allows, with its resources. */
export const allowed = (
  template: Template,
  rolePrefix: string,
): readonly {
  readonly action: string;
  readonly resources: readonly unknown[];
  readonly condition: unknown;
}[] =>
  Object.values(template.findResources('AWS::IAM::Policy'))
    .filter(({ Properties }) => JSON.stringify(Properties.Roles).includes(rolePrefix))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement as readonly Record<string, unknown>[])
    .flatMap(({ Action, Resource, Condition, Effect }) => {
      if (Effect !== 'Allow') throw new Error('a statement that does not allow');
      return [Action].flat().map((action) => ({
        action: String(action),
        resources: [Resource].flat(),
        condition: Condition,
      }));
    });

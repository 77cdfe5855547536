import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ApiAuthAuditorStack } from '../lib/api-auth-auditor-stack';
import type { ApiAuthAuditorProps } from '../lib/api-auth-auditor';
import { ConfigurationError, readConfiguration } from '../lib/configuration';

const app = new App();

const configuration = (): ApiAuthAuditorProps => {
  try {
    return readConfiguration(app.node);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    console.error(error.message);
    return process.exit(1);
  }
};

new ApiAuthAuditorStack(app, 'ApiAuthAuditor', {
  description: 'Audits API Gateway REST APIs for callers kept out by 401 and 403',
  auditor: configuration(),
});
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

import type { Command } from '../support/aws-command';

/** What a deployment freezes (DEP-2), by the operation that changes it. */
const FREEZES = new Set([
  'put-method',
  'update-method',
  'put-method-response',
  'update-method-response',
  'put-integration',
  'update-integration',
  'put-integration-response',
  'update-integration-response',
  'update-authorizer',
  'create-authorizer',
  'put-gateway-response',
  'update-gateway-response',
  'update-rest-api',
  'delete-method',
  'delete-authorizer',
  'delete-gateway-response',
  'delete-integration',
]);

const isFrozen = ({ service, operation }: Command): boolean =>
  service === 'apigateway' && FREEZES.has(operation);

/** Changes that no deployment of their API follows. */
export const undeployed = (commands: readonly Command[]): readonly string[] =>
  commands.flatMap((command, index) => {
    if (!isFrozen(command)) return [];
    const api = command.options.get('rest-api-id');
    const follows = commands
      .slice(index + 1)
      .some(
        ({ operation, options }) => operation === 'create-deployment' && options.get('rest-api-id') === api,
      );
    return follows ? [] : [`${command.operation} ${api}`];
  });

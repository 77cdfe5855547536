import {
  GetSecretValue$,
  SecretsManagerClient,
  type GetSecretValueCommandInput,
  type GetSecretValueCommandOutput,
} from '@aws-sdk/client-secrets-manager';
import { operation, type Service } from '../service';
import { AwsError } from '../wire/aws-error';

export const SECRETS_MANAGER: Service = {
  name: 'secrets-manager',
  signingName: 'secretsmanager',
  iamPrefix: 'secretsmanager',
  protocol: 'json',
  target: 'secretsmanager',
  client: new SecretsManagerClient({ region: 'us-east-1' }),
  denied: { code: 'AccessDeniedException', status: 400 },
  throttled: { code: 'ThrottlingException', status: 400, message: 'Rate exceeded' },
  operations: [
    operation<GetSecretValueCommandInput, GetSecretValueCommandOutput>(
      GetSecretValue$,
      ({ SecretId = '' }, { region }) => {
        const secret = region.secrets.find(({ name, arn }) => name === SecretId || arn === SecretId);
        if (secret === undefined) {
          throw new AwsError(
            'ResourceNotFoundException',
            400,
            "Secrets Manager can't find the specified secret.",
          );
        }
        return { ARN: secret.arn, Name: secret.name, SecretString: secret.value };
      },
    ),
  ],
};

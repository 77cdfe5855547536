import { CreateRoleCommand } from '@aws-sdk/client-iam';
import { AddPermissionCommand, CreateFunctionCommand, DeleteFunctionCommand } from '@aws-sdk/client-lambda';
import { given, type ShopClients } from './clients';

/** A zip archive with `index.js`, whose handler answers `{}`. */
const ARCHIVE =
  'UEsDBBQAAAAAAAAAIQALkENCHgAAAB4AAAAIAAAAaW5kZXguanNleHBvcnRzLmhhbmRsZXI9YXN5bmMoKT0+KHt9KTtQSwECFAMUAAAAAAAAACEAC5BDQh4AAAAeAAAACAAAAAAAAAAAAAAApAEAAAAAaW5kZXguanNQSwUGAAAAAAEAAQA2AAAARAAAAAAA';

/** A function that API Gateway may invoke; tells its ARN. */
export const makeFunction = async ({ iam, lambda }: ShopClients, name: string): Promise<string> => {
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName: name,
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      }),
    }),
  );
  const { FunctionArn } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Role: given(Role?.Arn, 'Arn'),
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Code: { ZipFile: Buffer.from(ARCHIVE, 'base64') },
    }),
  );
  await lambda.send(
    new AddPermissionCommand({
      FunctionName: name,
      StatementId: 'gateway',
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
    }),
  );
  return given(FunctionArn, 'FunctionArn');
};

export const deleteFunction = async ({ lambda }: ShopClients, name: string): Promise<void> => {
  await lambda.send(new DeleteFunctionCommand({ FunctionName: name }));
};

import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import type { Given } from './given';

export const admitAddresses = ({ stack, backend }: Given): void => {
  // #region resource-policy/allows-no-caller resource-policy/denies-every-caller resource-policy/excludes-preflight resource-policy/principal-needs-signed-caller resource-policy/private-range-on-public-api resource-policy/resource-matches-nothing resource-policy/unreadable-policy resource-policy/vpc-condition-on-public-api
  const api = new apigateway.RestApi(stack, 'Shop', {
    policy: new iam.PolicyDocument({
      statements: [
        new iam.PolicyStatement({
          principals: [new iam.AnyPrincipal()],
          actions: ['execute-api:Invoke'],
          // STAGE/VERB/path: all verbs, OPTIONS included.
          resources: ['execute-api:/prod/*/*'],
          conditions: { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24'] } },
        }),
      ],
    }),
  });
  // #endregion
  api.root.addMethod('GET', backend);
};

export const admitAnotherAccount = ({ stack, backend }: Given): void => {
  // #region iam/cross-account-without-allow
  const api = new apigateway.RestApi(stack, 'Shop', {
    policy: new iam.PolicyDocument({
      statements: [
        new iam.PolicyStatement({
          principals: [new iam.AccountPrincipal('444455556666')],
          actions: ['execute-api:Invoke'],
          resources: ['execute-api:/*'],
        }),
      ],
    }),
  });
  // #endregion
  api.root.addMethod('GET', backend, { authorizationType: apigateway.AuthorizationType.IAM });
};

export const admitRole = ({ stack, backend }: Given): void => {
  // #region resource-policy/principal-matches-nobody
  const api = new apigateway.RestApi(stack, 'Shop', {
    policy: new iam.PolicyDocument({
      statements: [
        new iam.PolicyStatement({
          // Not a FederatedPrincipal: whoever signs is known by the role.
          principals: [new iam.ArnPrincipal('arn:aws:iam::111122223333:role/admins')],
          actions: ['execute-api:Invoke'],
          resources: ['execute-api:/*/PUT/*'],
        }),
      ],
    }),
  });
  // #endregion
  api.root.addMethod('PUT', backend, { authorizationType: apigateway.AuthorizationType.IAM });
};

export const servePrivately = ({ stack, backend, vpc }: Given): void => {
  // #region private/private-api-not-addressable private/private-api-without-policy private/vpc-endpoint-missing resource-policy/source-ip-on-private-api
  const endpoint = vpc.addInterfaceEndpoint('ExecuteApi', {
    service: ec2.InterfaceVpcEndpointAwsService.APIGATEWAY,
  });
  const api = new apigateway.RestApi(stack, 'Inner', {
    endpointConfiguration: { types: [apigateway.EndpointType.PRIVATE], vpcEndpoints: [endpoint] },
    policy: new iam.PolicyDocument({
      statements: [
        new iam.PolicyStatement({
          principals: [new iam.AnyPrincipal()],
          actions: ['execute-api:Invoke'],
          resources: ['execute-api:/*'],
          // To limit by address, add IpAddress with aws:VpcSourceIp.
          conditions: { StringEquals: { 'aws:SourceVpce': endpoint.vpcEndpointId } },
        }),
      ],
    }),
  });
  // #endregion
  api.root.addMethod('GET', backend);
};

export const openEndpoint = ({ api, vpc }: Given): void => {
  // #region private/vpc-endpoint-policy-denies edge/private-dns-shadows-public-api
  const endpoint = vpc.addInterfaceEndpoint('ExecuteApi', {
    service: ec2.InterfaceVpcEndpointAwsService.APIGATEWAY,
    // With private DNS the endpoint takes the names of public APIs too.
    privateDnsEnabled: false,
  });
  endpoint.addToPolicy(
    new iam.PolicyStatement({
      principals: [new iam.AnyPrincipal()],
      actions: ['execute-api:Invoke'],
      resources: [api.arnForExecuteApi()],
    }),
  );
  // #endregion
};

export const allowByDefault = ({ stack, api }: Given): void => {
  // #region waf/default-action-blocks waf/body-size-rule-blocks
  const seen = { sampledRequestsEnabled: true, cloudWatchMetricsEnabled: true };
  const webAcl = new wafv2.CfnWebACL(stack, 'WebAcl', {
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    visibilityConfig: { ...seen, metricName: 'shop' },
    rules: [
      {
        name: 'core',
        priority: 0,
        overrideAction: { none: {} },
        visibilityConfig: { ...seen, metricName: 'core' },
        statement: {
          managedRuleGroupStatement: {
            vendorName: 'AWS',
            name: 'AWSManagedRulesCommonRuleSet',
            ruleActionOverrides: [{ name: 'SizeRestrictions_BODY', actionToUse: { count: {} } }],
          },
        },
      },
    ],
  });
  new wafv2.CfnWebACLAssociation(stack, 'WebAclOfStage', {
    webAclArn: webAcl.attrArn,
    resourceArn: api.deploymentStage.stageArn,
  });
  // #endregion
};

export const listViewers = ({ stack }: Given): void => {
  // #region waf/address-list-behind-cloudfront
  const office = new wafv2.CfnIPSet(stack, 'Office', {
    scope: 'REGIONAL',
    ipAddressVersion: 'IPV4',
    addresses: ['203.0.113.0/24'],
  });
  const seen = { sampledRequestsEnabled: true, cloudWatchMetricsEnabled: true };
  new wafv2.CfnWebACL(stack, 'ViewersOnly', {
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    visibilityConfig: { ...seen, metricName: 'viewers' },
    rules: [
      {
        name: 'office',
        priority: 0,
        action: { block: {} },
        visibilityConfig: { ...seen, metricName: 'office' },
        statement: {
          notStatement: {
            statement: {
              ipSetReferenceStatement: {
                arn: office.attrArn,
                // CloudFront puts the address of the viewer last.
                ipSetForwardedIpConfig: {
                  headerName: 'X-Forwarded-For',
                  fallbackBehavior: 'NO_MATCH',
                  position: 'LAST',
                },
              },
            },
          },
        },
      },
    ],
  });
  // #endregion
};

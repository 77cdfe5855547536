import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Given } from './given';

const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/00000000-0000-0000-0000-000000000000';

export const mapDomain = ({ stack, api }: Given): void => {
  const certificate = acm.Certificate.fromCertificateArn(stack, 'Certificate', CERTIFICATE);
  // #region edge/domain-without-route edge/domain-root-unmapped edge/mapping-to-missing-stage edge/mapping-without-stage edge/default-endpoint-disabled
  const domain = api.addDomainName('Domain', { domainName: 'api.example.com', certificate });
  // The line above maps the root; a base path is mapped besides:
  domain.addBasePathMapping(api, { basePath: 'v1', stage: api.deploymentStage });
  // #endregion
};

export const trustClients = ({ stack, api }: Given): void => {
  const certificate = acm.Certificate.fromCertificateArn(stack, 'Certificate', CERTIFICATE);
  const bucket = s3.Bucket.fromBucketName(stack, 'Trust', 'shop-trust');
  // #region edge/mutual-tls-required
  new apigateway.DomainName(stack, 'Partners', {
    domainName: 'partners.example.com',
    certificate,
    securityPolicy: apigateway.SecurityPolicy.TLS_1_2,
    mapping: api,
    // A new version of the truststore takes effect when it is named here.
    mtls: { bucket, key: 'truststore.pem', version: 'VERSION_ID' },
  });
  // #endregion
};

export const forwardCredentials = ({ stack, api }: Given): void => {
  // #region edge/cloudfront-strips-authorization edge/cloudfront-forwards-host
  new cloudfront.Distribution(stack, 'Cdn', {
    defaultBehavior: {
      origin: new origins.RestApiOrigin(api),
      allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
      cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
      originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    },
  });
  // #endregion
};

export const agreeOnPaths = ({ stack, api }: Given): void => {
  // #region edge/cloudfront-path-not-served
  const withoutPrefix = new cloudfront.Function(stack, 'WithoutPrefix', {
    code: cloudfront.FunctionCode.fromInline(
      "function handler({ request }) { request.uri = request.uri.replace(/^\\/api/, '') || '/'; return request; }",
    ),
  });
  const functionAssociations = [
    { function: withoutPrefix, eventType: cloudfront.FunctionEventType.VIEWER_REQUEST },
  ];
  // RestApiOrigin sets the origin path to the stage.
  const origin = new origins.RestApiOrigin(api);
  new cloudfront.Distribution(stack, 'Cdn', {
    defaultBehavior: { origin },
    additionalBehaviors: { '/api/*': { origin, functionAssociations } },
  });
  // #endregion
};

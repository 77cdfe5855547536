import type { Service } from '../service';
import { API_GATEWAY } from './api-gateway';
import { API_GATEWAY_V2 } from './api-gateway-v2';
import { CLOUDFRONT } from './cloudfront';
import { COGNITO } from './cognito';
import { EC2 } from './ec2';
import { LAMBDA } from './lambda';
import { S3 } from './s3';
import { SECRETS_MANAGER } from './secrets-manager';
import { SECURITY_HUB } from './security-hub';
import { SNS } from './sns';
import { STS } from './sts';
import { WAFV2 } from './wafv2';

/** Every service that the sandbox speaks. */
export const SERVICES: readonly Service[] = [
  API_GATEWAY,
  API_GATEWAY_V2,
  COGNITO,
  STS,
  SNS,
  S3,
  SECRETS_MANAGER,
  SECURITY_HUB,
  LAMBDA,
  WAFV2,
  EC2,
  CLOUDFRONT,
];

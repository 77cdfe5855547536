/** One operation that a collector calls, and what IAM must allow for it. */
export interface Permission {
  /** SDK operation name: `GetRestApis`. */
  readonly operation: string;
  /** SDK client: `api-gateway`, `cognito-identity-provider`, `lambda`, `sts`, `wafv2`, `ec2`, `apigatewayv2`, `cloudfront`, `iam`. */
  readonly client: string;
  /** IAM action, such as `apigateway:GET`; `null`: none is needed. */
  readonly action: string | null;
  /** ARNs with `PARTITION`, `REGION` and `ACCOUNT` as placeholders, as narrow as IAM allows; `*` where it allows no less. */
  readonly resources: readonly string[];
  /** Only with this option: the permission is not part of the default role. */
  readonly option?: 'with-iam';
}

import { aws, patches } from '../commands';
import { domainArguments, domainSubject } from '../domain-routes';
import { plural } from '../phrases';
import { accountRule } from '../rule';
import { flag } from '../verdict';

export default accountRule({
  id: 'edge/mutual-tls-required',
  gate: 'endpoint',
  // AWS documents the status; the body is nowhere recorded (MSG-2, MSG-3).
  symptom: { status: 403, responseType: null, body: null },
  reach: 'possible',
  callers: 'clients without a trusted certificate',
  title: 'A custom domain asks every client for a certificate',
  why: 'With mutual TLS, the domain lets in clients only whose certificate is signed by an authority of the truststore. Others are refused before any method is looked at, with 403 or a broken connection. Entries of the truststore that AWS warns of are not trusted, and a new truststore counts only once the domain names its version.',
  fix: [
    'Check that all clients send a certificate that the truststore signs, with its whole chain.',
    'Mend the entries of the truststore that AWS warns of, upload it and give the domain its new version.',
  ],
  scanners: {
    asks: 'a client certificate is set on the stage',
    checks: [
      'Prowler apigateway_restapi_client_certificate_enabled',
      'CloudSploit apigatewayClientCertificate',
      'Powerpipe apigateway_rest_api_stage_use_ssl_certificate',
      'Cloud Custodian client-certificate',
      'Security Hub APIGateway.2',
    ],
    both: 'That is the certificate which API Gateway shows to the backend. It asks nothing of callers, and mutual TLS of a domain does not satisfy it.',
  },
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html',
    'https://repost.aws/knowledge-center/api-gateway-mutual-tls-403-errors',
  ],
  facts: ['DOM-11', 'DOM-12', 'DOM-13', 'MSG-2', 'MSG-3'],
  needs: ['domains'],

  *check(account) {
    for (const domain of account.slices.domains) {
      const { mutualTls } = domain;
      if (mutualTls === null) continue;
      const { warnings, truststoreUri } = mutualTls;
      yield flag({
        subject: domainSubject(account, domain),
        ...(warnings.length === 0 ? {} : { reach: 'some-calls' }),
        affected: [],
        message:
          warnings.length === 0
            ? `The domain ${domain.name} refuses clients without a certificate that its truststore signs.`
            : `AWS gives ${plural(warnings.length, 'warning')} on the truststore of ${domain.name}: clients whose certificates rest on these entries are refused.`,
        evidence: [
          {
            operation: 'GetDomainNames',
            field: 'mutualTlsAuthentication.truststoreUri',
            value: truststoreUri,
          },
          ...warnings.map((warning) => ({
            operation: 'GetDomainNames',
            field: 'mutualTlsAuthentication.truststoreWarnings',
            value: warning,
          })),
        ],
        fix:
          warnings.length === 0
            ? [
                {
                  step: 'Check that all clients of the domain send a certificate that the truststore signs. Nothing to change here, if they do.',
                  commands: [],
                },
              ]
            : [
                {
                  step: 'Mend the entries that AWS warns of, upload the truststore, and give the domain its new version.',
                  commands: [
                    aws('apigateway', 'update-domain-name', account.region, {
                      ...domainArguments(domain),
                      patchOperations: patches({
                        op: 'replace',
                        path: '/mutualTlsAuthentication/truststoreVersion',
                        value: '<OBJECT_VERSION>',
                      }),
                    }),
                  ],
                },
              ],
      });
    }
  },
});
